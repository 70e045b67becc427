import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
} from '@aws-sdk/client-s3'
import { S3Store } from '@tus/s3-store'
import type { Locker } from '@tus/server'
import type { S3Location } from '../core/config.ts'
import type { Incoming } from '../core/incoming.ts'
import { diskFailure } from './disk.ts'
import { checkedUploadId } from './incoming-id.ts'
import { createS3Client, s3ClientConfig, unlessAbsent } from './s3-client.ts'
import { openMultipartUploads, tracesOfUploads } from './s3-incoming-traces.ts'
import { incomingSegment } from './storage-key.ts'

const partBytes = 8 * 1024 ** 2
const mostParts = 10_000

/**
 * Uploads as multipart uploads below `<prefix>incoming/`, each with tus's own record beside it (`<id>.info`) and at times a
 * small rest that is not yet a part (`<id>.part`). Parts wait in the system's temporary folder (TMPDIR) until they are sent.
 */
export function createS3Incoming(location: S3Location, locker: Locker): Incoming {
  const client = createS3Client(location)
  const folder = `${location.prefix}${incomingSegment}/`
  const storeId = (uploadId: string) => folder + checkedUploadId(uploadId)
  const objectOf = (uploadId: string) => ({ Bucket: location.bucket, Key: storeId(uploadId) })
  return {
    store: createStore(location),
    locker,
    storeId,
    async settle(uploadId) {
      // What a bucket has acknowledged is durable; the object appears with the last part.
      const object = await unlessAbsent(client.send(new HeadObjectCommand(objectOf(uploadId))))
      if (!object) throw new Error(`Upload ${uploadId} is not whole`)
    },
    async peek(uploadId, length) {
      const Range = `bytes=0-${length - 1}`
      const object = await unlessAbsent(client.send(new GetObjectCommand({ ...objectOf(uploadId), Range })))
      return Buffer.from((await object?.Body?.transformToByteArray()) ?? [])
    },
    async checkOut(uploadId, target) {
      const object = await unlessAbsent(client.send(new GetObjectCommand(objectOf(uploadId))))
      if (object) await download(object.Body as Readable, target)
      return object !== undefined
    },
    async remove(uploadId) {
      const { Bucket, Key } = objectOf(uploadId)
      for await (const { UploadId, Key: found } of openMultipartUploads(client, { Bucket, Prefix: Key })) {
        if (found !== Key) continue
        await unlessAbsent(client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId })))
      }
      // The record goes last, so that a crash in between leaves something to find.
      for (const suffix of ['', '.part', '.info']) {
        await unlessAbsent(client.send(new DeleteObjectCommand({ Bucket, Key: Key + suffix })))
      }
    },
    list: () => tracesOfUploads(client, { Bucket: location.bucket, Prefix: folder }),
  }
}

/** tus's store with parts of one size (some providers demand it), also while the upload's length is not known. */
class EvenPartsStore extends S3Store {
  protected override calcOptimalPartSize(size = partBytes * mostParts): number {
    return super.calcOptimalPartSize(size)
  }
}

function createStore(location: S3Location): S3Store {
  return new EvenPartsStore({
    partSize: partBytes,
    minPartSize: partBytes,
    maxMultipartParts: mostParts,
    maxConcurrentPartUploads: 8,
    useTags: false,
    // The records may be changed by another process at any time: none is remembered.
    cache: { get: async () => undefined, set: async () => {}, delete: async () => {} },
    s3ClientConfig: { ...s3ClientConfig(location), bucket: location.bucket },
  })
}

async function download(body: Readable, target: string): Promise<void> {
  try {
    await pipeline(body, createWriteStream(target))
  } catch (error) {
    await rm(target, { force: true })
    throw diskFailure(error)
  }
}
