import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { invalid } from '../../core/errors.ts'

/**
 * The bytes themselves, or what they hold where they begin as gzip does (RFC 1952 §2.3.1), whatever the file is called. Throws
 * `invalid` where that ends too early or is damaged.
 */
export async function* unzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = chunks[Symbol.asyncIterator]()
  const first = await source.next()
  if (first.done) return
  const whole = begunWith(first.value, source)
  yield* isGzip(first.value) ? gunzipped(whole) : whole
}

async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* pipeline(Readable.from(chunks), createGunzip(), () => {})
  } catch (error) {
    if (!(error as NodeJS.ErrnoException).code?.startsWith('Z_')) throw error
    throw invalid('It is damaged, or ends too early: fetch it again.')
  }
}

async function* begunWith(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

const isGzip = (chunk: Buffer) => chunk[0] === 0x1f && chunk[1] === 0x8b
