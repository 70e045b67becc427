import type { ServerResponse } from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { type BlockReader, type ByteRange, blockBytes } from '../core/storage.ts'
import { once, watchFlow } from './flow.ts'

/** Handed to the socket at once, while it takes them at once: 256 KiB, as players ask for them, lie in so many. */
const blocksAtOnce = 5
/** A socket that needs longer to take them belongs to somebody who listens, not downloads: it gets one block at a time. */
const slowAfterMs = 20
/** While more wait for the clients of this process, 32 MB, everybody gets one at a time: many who read nothing must not hold much. */
const manyWaiting = 512

let blocksWaiting = 0

/** What a body is made of: bytes of ours, and ranges of the object. */
export type Part = Buffer | ByteRange

/**
 * Writes a body whose head was written, and ends it. No more than `blocksAtOnce` blocks wait for a client, and those are the cache's.
 * `onEnd` is told once how many bytes were handed on: all of them before the last one is, which waits for it; or, when the client goes
 * away, as many as the kernel has taken for sure.
 */
export function sendBlocks(
  response: ServerResponse,
  parts: readonly Part[],
  reader: BlockReader,
  onEnd: OnEnd,
): Promise<undefined> {
  const pieces = piecesInMemory(parts, reader)
  return pieces ? sendAtOnce(response, pieces, reader, onEnd) : sendInSteps(response, parts, reader, onEnd)
}

type OnEnd = (bytesSent: number) => Promise<void>

/** All of a short body, where nothing has to be read for it and few clients wait. */
function piecesInMemory(parts: readonly Part[], reader: BlockReader): Buffer[] | undefined {
  if (mayHandOn(0) < blocksAtOnce) return undefined
  const pieces: Buffer[] = []
  for (const piece of piecesOf(parts)) {
    if (pieces.length === blocksAtOnce) return undefined
    const read = bytesOf(piece, reader)
    if (read instanceof Promise || read.length < piece.end) return undefined
    pieces.push(cut(read, piece))
  }
  return pieces
}

/** What players ask for, as a rule. It waits for its hit, and for nothing else. */
async function sendAtOnce(
  response: ServerResponse,
  pieces: readonly Buffer[],
  reader: BlockReader,
  onEnd: OnEnd,
): Promise<undefined> {
  const flow = watchFlow(response)
  try {
    await onEnd(flow.isClosed() ? 0 : pieces.reduce((bytes, { length }) => bytes + length, 0))
    if (flow.isClosed()) return
    response.cork()
    for (const piece of pieces) response.write(piece)
    response.end()
    const drained = flow.drained()
    if (drained instanceof Promise) await waitWith(pieces.length, drained)
  } catch (error) {
    response.destroy(error as Error)
  } finally {
    reader.release()
  }
}

/** Any body, read and handed on by some blocks at a time. */
async function sendInSteps(
  response: ServerResponse,
  parts: readonly Part[],
  reader: BlockReader,
  onEnd: OnEnd,
): Promise<undefined> {
  let taken = 0
  const tell = once(() => onEnd(taken))
  try {
    await send(response, parts, reader, {
      onTaken: (bytes) => {
        taken = bytes
      },
      onLast: tell,
    })
  } catch (error) {
    response.destroy(error as Error)
  } finally {
    await tell()
    reader.release()
  }
}

type Told = Readonly<{ onTaken(bytes: number): void; onLast(): Promise<void> }>

/** Returns early when the client has gone. */
async function send(
  response: ServerResponse,
  parts: readonly Part[],
  reader: BlockReader,
  { onTaken, onLast }: Told,
): Promise<void> {
  const flow = watchFlow(response)
  const pieces = piecesOf(parts)
  let sent = 0
  let waiting = 0
  let atOnce = mayHandOn(0)
  for (let piece = pieces.next(); !piece.done; ) {
    const { start, end } = piece.value
    const next = pieces.next()
    const read = bytesOf(piece.value, reader)
    const whole = Buffer.isBuffer(read) ? read : await read
    if (flow.isClosed()) return
    if (whole.length < end) throw new Error('An object is shorter than its row says')
    if (waiting === 0) response.cork()
    waiting += 1
    sent += end - start
    if (next.done) {
      onTaken(sent)
      await onLast()
      if (flow.isClosed()) return
    }
    response.write(cut(whole, piece.value))
    if (waiting === atOnce || next.done) {
      // The end goes with the last piece, in one call of the kernel.
      if (next.done) response.end()
      else response.uncork()
      const waitedMs = await waitWith(waiting, flow.drained())
      waiting = 0
      atOnce = mayHandOn(waitedMs)
      if (flow.isClosed()) return
      onTaken(sent)
      // A client that takes everything at once leaves others a turn.
      if (waitedMs === 0 && !next.done) await nextTurn()
    }
    piece = next
  }
  response.end()
}

/** Milliseconds, as they come; meanwhile so many blocks wait. */
async function waitWith(blocks: number, drained: number | Promise<number>): Promise<number> {
  blocksWaiting += blocks
  const waitedMs = await drained
  blocksWaiting -= blocks
  return waitedMs
}

/** How many blocks at once, to who took that long for the last ones. */
const mayHandOn = (waitedMs: number) => (waitedMs > slowAfterMs || blocksWaiting > manyWaiting ? 1 : blocksAtOnce)

const bytesOf = (piece: Piece, reader: BlockReader): Buffer | Promise<Buffer> =>
  piece.block === undefined ? piece.bytes : reader.read(piece.block)

/** A whole block is sent as it is: another view of it is garbage. */
const cut = (bytes: Buffer, { start, end }: Piece) =>
  start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end)

type Piece = Readonly<
  { start: number; end: number } & ({ block: number; bytes?: undefined } | { block?: undefined; bytes: Buffer })
>

/** Where the parts lie in the blocks; `end` is the first byte after them. */
function* piecesOf(parts: readonly Part[]): Generator<Piece> {
  for (const part of parts) {
    if (Buffer.isBuffer(part)) {
      yield { bytes: part, start: 0, end: part.length }
      continue
    }
    for (let at = part.start; at <= part.end; ) {
      const block = Math.floor(at / blockBytes)
      const start = at - block * blockBytes
      const end = Math.min(blockBytes, start + part.end + 1 - at)
      yield { block, start, end }
      at += end - start
    }
  }
}
