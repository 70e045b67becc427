import { Readable } from 'node:stream'

/**
 * The same bytes as a stream that fails where the body fails, and when the body does not have exactly `size` bytes.
 * The body is destroyed when reading stops early.
 */
export function exactly(body: Readable, size: number): Readable {
  // A body may fail before anyone reads it; the reader finds the failure then, and the process must not die of it now.
  body.on('error', () => {})
  return Readable.from(counted(body, size), { objectMode: false })
}

async function* counted(body: Readable, size: number): AsyncGenerator<Buffer> {
  let received = 0
  for await (const chunk of body) {
    const bytes: Buffer = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    received += bytes.length
    if (received > size) throw new Error(`The body has more than the ${size} bytes that were announced`)
    yield bytes
  }
  if (received < size) throw new Error(`The body has ${received} bytes, but ${size} were announced`)
}
