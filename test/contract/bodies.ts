import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'

const pieceBytes = 64 * 1024

export const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** In pieces, as a socket gives them. */
export function stream(body: string | Buffer): Readable {
  const bytes = Buffer.from(body)
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
    bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  )
  return Readable.from(pieces, { objectMode: false })
}

/** Gives half of what was promised, then fails. */
export function failing(size: number, bytes = randomBytes(size / 2)): Readable {
  return Readable.from(
    (async function* () {
      yield* stream(bytes.subarray(0, size / 2))
      throw new Error('the line is cut')
    })(),
    { objectMode: false },
  )
}

/** Gives half of what was promised, then is closed without a word. */
export function closing(size: number): Readable {
  const body = new Readable({ read() {} })
  body.push(randomBytes(size / 2))
  setTimeout(() => body.destroy(), 50)
  return body
}
