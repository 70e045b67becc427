import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3'
import t from 'tap'
import { createS3Client } from '../../src/platform/s3-client.ts'
import { replaceLargeHead } from '../../src/platform/s3-replace-head.ts'
import { createS3Storage } from '../../src/platform/s3-storage.ts'
import { objectStorageSuite } from '../contract/object-storage.ts'
import { demandS3, type S3Engine } from '../engines/s3.ts'

const engine = await demandS3(t)
if (engine) suites(engine)

function suites(engine: S3Engine): void {
  objectStorageSuite(t, async () => {
    const storage = createS3Storage(engine.location(`storage-${randomUUID()}`))
    return {
      storage,
      async close() {
        for await (const { key } of storage.list('')) await storage.delete(key)
      },
    }
  })

  t.test('a put that fails leaves no open multipart upload', async (t) => {
    const location = engine.location(`storage-${randomUUID()}`)
    const size = 12 * 1024 ** 2
    const body = Readable.from([Buffer.alloc(size - 1)])
    const put = createS3Storage(location).put('a', body, { type: 'audio/mpeg', size })
    await t.rejects(put, /were announced/)
    const below = { Bucket: location.bucket, Prefix: location.prefix }
    const { Uploads = [] } = await createS3Client(location).send(new ListMultipartUploadsCommand(below))
    t.same(Uploads, [])
  })

  t.test('parts that the provider copies keep the type; when one fails, none stays behind', async (t) => {
    const location = engine.location(`storage-${randomUUID()}`)
    const client = createS3Client(location)
    const storage = createS3Storage(location)
    const below = { Bucket: location.bucket, Prefix: location.prefix }
    const size = 30 * 1024 ** 2
    await storage.put('old', Readable.from([Buffer.alloc(size)]), { type: 'audio/mpeg', size })
    const head = Buffer.alloc(65_536, 1)
    await storage.replaceHead('old', 'new', { head, skip: 0, type: 'audio/mpeg' })
    const made = await client.send(new HeadObjectCommand({ Bucket: location.bucket, Key: `${location.prefix}new` }))
    t.match(made, { ContentType: 'audio/mpeg', ContentLength: size + head.length })
    const beyond = {
      from: { Bucket: location.bucket, Key: `${location.prefix}old` },
      to: { Bucket: location.bucket, Key: `${location.prefix}broken` },
      ...{ head, skip: 0, size: size * 2, partBytes: 8 * 1024 ** 2, type: 'audio/mpeg' },
    }
    await t.rejects(replaceLargeHead(client, beyond))
    t.equal(await storage.head('broken'), undefined)
    const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand(below))
    t.same(Uploads, [])
  })

  t.test('arriving uploads and foreign objects below the prefix are not listed', async (t) => {
    const location = engine.location(`storage-${randomUUID()}`)
    const client = createS3Client(location)
    const foreign = ['incoming/1', 'incoming/1.info', 'folder/', '.check'].map((name) => ({
      Bucket: location.bucket,
      Key: location.prefix + name,
    }))
    for (const object of foreign) await client.send(new PutObjectCommand({ ...object, Body: 'x' }))
    t.teardown(async () => {
      for (const object of foreign) await client.send(new DeleteObjectCommand(object))
    })
    for await (const { key } of createS3Storage(location).list('')) t.fail(`lists ${key}`)
  })

  t.test('a bucket that is not there, is not ours or does not answer is unavailable', async (t) => {
    const location = engine.location('none')
    const cases = [
      { ...location, bucket: `none-${randomUUID()}` },
      { ...location, secretAccessKey: 'wrong' },
      { ...location, endpoint: 'http://127.0.0.1:9' },
    ]
    for (const wrong of cases) {
      const storage = createS3Storage(wrong)
      await t.rejects(storage.check(), { code: 'unavailable', message: /STORAGE_URL/ })
      await t.rejects(storage.open('a'), { code: 'unavailable' })
      await t.rejects(storage.put('a', Readable.from(['x']), { type: 'audio/mpeg', size: 1 }), { code: 'unavailable' })
      await t.rejects(first(storage.list('')), { code: 'unavailable' })
    }
  })
}

async function first<T>(items: AsyncIterable<T>): Promise<T | undefined> {
  for await (const item of items) return item
  return undefined
}
