import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3'
import { MemoryLocker } from '@tus/server'
import { Upload } from '@tus/utils'
import t from 'tap'
import type { S3Location } from '../../src/core/config.ts'
import { createS3Client } from '../../src/platform/s3-client.ts'
import { createS3Incoming } from '../../src/platform/s3-incoming.ts'
import { incomingSuite } from '../contract/incoming.ts'
import { demandS3, type S3Engine } from '../engines/s3.ts'

const megabyte = 1024 ** 2

const engine = await demandS3(t)

// The store keeps parts there while it sends them.
const parts = t.testdir({})
process.env.TMPDIR = parts
if (engine) suites(engine)

function suites(engine: S3Engine): void {
  incomingSuite(t, async () => {
    const location = engine.location(`incoming-${randomUUID()}`)
    const again = () => createS3Incoming(location, new MemoryLocker())
    const incoming = again()
    return {
      incoming,
      again,
      async close() {
        for await (const { uploadId } of incoming.list()) await incoming.remove(uploadId)
        t.same(await remains(createS3Client(location), location), [], 'nothing remains in the bucket')
        t.same(await readdir(parts), [], 'nor on the disk')
      },
    }
  })

  t.test('everything of an upload is below the incoming part of the prefix', async (t) => {
    const location = engine.location(`incoming-${randomUUID()}`)
    const incoming = createS3Incoming(location, new MemoryLocker())
    t.equal(incoming.storeId('u1'), `${location.prefix}incoming/u1`)
    await incoming.store.create(new Upload({ id: incoming.storeId('u1'), size: 10, offset: 0 }))
    await incoming.store.write(Readable.from(['half ']), incoming.storeId('u1'), 0)
    const kept = ['u1.info', 'u1.part', 'u1 (open)'].map((name) => `${location.prefix}incoming/${name}`)
    t.same(await remains(createS3Client(location), location), kept)
    await incoming.remove('u1')
  })

  t.test('an upload whose multipart upload the provider has ended can be removed', async (t) => {
    const location = engine.location(`incoming-${randomUUID()}`)
    const client = createS3Client(location)
    const incoming = createS3Incoming(location, new MemoryLocker())
    await incoming.store.create(new Upload({ id: incoming.storeId('u1'), size: 20 * megabyte, offset: 0 }))
    await incoming.store.write(Readable.from([Buffer.alloc(9 * megabyte)]), incoming.storeId('u1'), 0)
    for (const { Key, UploadId } of await openUploads(client, location)) {
      await client.send(new AbortMultipartUploadCommand({ Bucket: location.bucket, Key, UploadId }))
    }
    await incoming.remove('u1')
    t.same(await remains(client, location), [])
  })

  t.test('a multipart upload that a crash left without a record is listed, and removed', async (t) => {
    const location = engine.location(`incoming-${randomUUID()}`)
    const client = createS3Client(location)
    const incoming = createS3Incoming(location, new MemoryLocker())
    for (const id of ['u1', 'u1', 'u2']) {
      await client.send(new CreateMultipartUploadCommand({ Bucket: location.bucket, Key: incoming.storeId(id) }))
    }
    const found: string[] = []
    for await (const { uploadId } of incoming.list()) found.push(uploadId)
    t.same(found.sort(), ['u1', 'u2'])
    for (const uploadId of found) await incoming.remove(uploadId)
    t.same(await remains(client, location), [])
  })
}

/** Keys of the objects below the prefix, and of its open multipart uploads. */
async function remains(client: S3Client, location: S3Location): Promise<string[]> {
  const below = { Bucket: location.bucket, Prefix: location.prefix }
  const { Contents = [] } = await client.send(new ListObjectsV2Command(below))
  const open = await openUploads(client, location)
  return [...Contents.map(({ Key }) => String(Key)), ...open.map(({ Key }) => `${Key} (open)`)]
}

async function openUploads(client: S3Client, { bucket, prefix }: S3Location) {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: prefix }))
  return Uploads
}
