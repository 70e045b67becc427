import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import type { S3Location } from '../core/config.ts'
import type { ObjectStorage, ReplacedHead, StoredObject } from '../core/storage.ts'
import { exactly } from './exactly.ts'
import { joined, replacedSize } from './replaced-head.ts'
import { createS3Client, s3Failure, unlessAbsent } from './s3-client.ts'
import { replaceLargeHead } from './s3-replace-head.ts'
import { createUrlSigner } from './s3-signed-url.ts'
import { checkedKey, folderOfPrefix, isStorageKey } from './storage-key.ts'

const leastPartBytes = 5 * 1024 ** 2
const mostParts = 10_000
const partsInFlight = 3
/** Longer ones are put together from parts of this length, which the provider copies. */
const copiedPartBytes = 8 * 1024 ** 2

/** Objects in a bucket, below the location's prefix. */
export function createS3Storage(location: S3Location): ObjectStorage {
  const client = createS3Client(location)
  const sign = createUrlSigner(client)
  const objectOf = (key: string) => ({ Bucket: location.bucket, Key: location.prefix + checkedKey(key) })
  const storage: ObjectStorage = {
    async put(key, body, { type, size }) {
      const bytes = exactly(body, size)
      try {
        await upload(client, { ...objectOf(key), Body: bytes, ContentType: type }, size)
      } catch (error) {
        body.destroy()
        throw s3Failure(error)
      }
    },
    async putFile(key, file, { type }) {
      const { size } = await stat(file)
      await storage.put(key, createReadStream(file), { type, size })
    },
    async replaceHead(from, to, options) {
      const source = await storage.head(from)
      if (!source) return undefined
      const size = replacedSize(source, options)
      const partBytes = Math.max(copiedPartBytes, options.head.length, Math.ceil(size / mostParts))
      if (size > partBytes) {
        const replacement = { ...options, from: objectOf(from), to: objectOf(to), size, partBytes }
        await replaceLargeHead(client, replacement).catch((error) => Promise.reject(s3Failure(error)))
      } else {
        const rest = () => restOf(storage, source, options)
        await storage.put(to, joined(options.head, rest), { type: options.type, size })
      }
      return storage.head(to)
    },
    async head(key) {
      const found = await unlessAbsent(client.send(new HeadObjectCommand(objectOf(key))))
      return found && stored(key, found.ContentLength, found.LastModified)
    },
    async open(key, range) {
      const bytes = range && `bytes=${range.start}-${range.end}`
      const found = await unlessAbsent(client.send(new GetObjectCommand({ ...objectOf(key), Range: bytes })))
      return found?.Body as Readable | undefined
    },
    openBlocks: () => undefined,
    async delete(key) {
      await unlessAbsent(client.send(new DeleteObjectCommand(objectOf(key))))
    },
    list: (prefix) => list(client, location, folderOfPrefix(prefix)),
    redirectUrl: (key, options) => sign(objectOf(key), options),
    check: () => check(client, location),
  }
  return storage
}

type NewObject = { Bucket: string; Key: string; Body: Readable; ContentType: string }

/** Nothing is visible before the whole body has arrived: one put of a small body, else parts that are completed at the end. */
async function upload(client: S3Client, params: NewObject, size: number): Promise<void> {
  const partSize = Math.max(leastPartBytes, Math.ceil(size / mostParts))
  await new Upload({ client, params, partSize, queueSize: partsInFlight }).done()
}

async function restOf(storage: ObjectStorage, { key, size }: StoredObject, { skip }: ReplacedHead): Promise<Readable> {
  const rest = skip < size ? await storage.open(key, { start: skip, end: size - 1 }) : undefined
  return rest ?? Readable.from([])
}

async function* list(client: S3Client, { bucket, prefix }: S3Location, folder: string): AsyncGenerator<StoredObject> {
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix + folder })
  try {
    for await (const page of pages) {
      for (const { Key = '', Size, LastModified } of page.Contents ?? []) {
        const key = Key.slice(prefix.length)
        if (isStorageKey(key)) yield stored(key, Size, LastModified)
      }
    }
  } catch (error) {
    throw s3Failure(error)
  }
}

const stored = (key: string, size = 0, modifiedAt = new Date(0)): StoredObject => ({
  key,
  size,
  modifiedAt: modifiedAt.getTime(),
})

/** Writes an object that is no key of ours, and deletes it. */
async function check(client: S3Client, { bucket, prefix }: S3Location): Promise<void> {
  const probe = { Bucket: bucket, Key: `${prefix}.check` }
  try {
    await client.send(new PutObjectCommand({ ...probe, Body: 'writable' }))
    await client.send(new DeleteObjectCommand(probe))
  } catch (error) {
    throw s3Failure(error)
  }
}
