import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import t from 'tap'
import { unzipped } from '../../../src/analytics/ingest/unzipped.ts'
import { collect } from '../../fixtures/collect.ts'

async function* inPieces(bytes: Buffer, length = 1_000): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length)
}

const read = async (bytes: Buffer) => Buffer.concat(await collect(unzipped(inPieces(bytes))))

const log = randomBytes(50_000)

t.test('bytes come out as they are, or unzipped where they are gzip, also of several members', async (t) => {
  t.ok((await read(log)).equals(log))
  t.ok((await read(gzipSync(log))).equals(log))
  t.ok((await read(Buffer.concat([gzipSync(log), gzipSync(log)]))).equals(Buffer.concat([log, log])))
  t.equal((await read(Buffer.alloc(0))).length, 0)
  t.equal((await read(gzipSync(''))).length, 0)
})

t.test('what was not fetched to its end, or is damaged, is refused with a sentence', async (t) => {
  const zipped = gzipSync(log)
  const damaged = Buffer.from(zipped)
  damaged.fill(0, 20_000, 20_100)
  for (const bytes of [zipped.subarray(0, -10), damaged]) {
    await t.rejects(read(bytes), { code: 'invalid', message: 'It is damaged, or ends too early: fetch it again.' })
  }
})

t.test('what the source throws is thrown', async (t) => {
  async function* failing(start: Buffer) {
    yield start
    throw new Error('the disk is gone')
  }
  for (const start of [log, gzipSync(log)]) {
    await t.rejects(collect(unzipped(failing(start))), { message: 'the disk is gone' })
  }
})
