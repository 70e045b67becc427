import { Readable } from 'node:stream'
import type { ReplacedHead, StoredObject } from '../core/storage.ts'

/** How long the object will be. Throws when there are not so many bytes to skip. */
export function replacedSize({ key, size }: StoredObject, { head, skip }: ReplacedHead): number {
  if (skip > size) throw new Error(`${key} has ${size} bytes: ${skip} of them cannot be skipped`)
  return head.length + size - skip
}

/** The head, then what `open` gives when it is its turn: a stream that fails where that fails. */
export const joined = (head: Buffer, open: () => Readable | Promise<Readable>): Readable =>
  Readable.from(inTurn(head, open), { objectMode: false })

async function* inTurn(head: Buffer, open: () => Readable | Promise<Readable>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head
  yield* await open()
}
