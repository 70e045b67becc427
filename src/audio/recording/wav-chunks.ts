import type { FileHandle } from 'node:fs/promises'
import { readBytes } from '../read-bytes.ts'

export type WavChunk = Readonly<{
  /** Four characters. */
  name: string
  /** Where its content begins in the file. */
  start: number
  /** As declared, whether the bytes are there or not; undefined when the recorder did not know yet. */
  bytes?: number
  /** Of the numbers in it; for a DataView. */
  isLittleEndian: boolean
}>

const mostChunks = 1000

/** What recorders write that do not know the length yet: nothing, or (nearly) the most that fits 31 or 32 bits. */
const isPlaceholder = (bytes: number) =>
  bytes === 0 || bytes >= 0xffff_e000 || (bytes >= 0x7fff_e000 && bytes <= 0x8000_1000)

/** The chunks of a RIFF, RIFX, RF64 or BW64 WAVE (EBU Tech 3306, ITU-R BS.2088), up to sound of unknown length. */
export async function* walkWavChunks(file: FileHandle): AsyncGenerator<WavChunk> {
  const isLittleEndian = (await readBytes(file, 0, 4)).toString('latin1') !== 'RIFX'
  let largeDataBytes: number | undefined

  for (let position = 12, chunks = 0; chunks < mostChunks && Number.isSafeInteger(position); chunks++) {
    const head = await readBytes(file, position, 24)
    if (head.length < 8) return
    const name = head.toString('latin1', 0, 4)
    const size = isLittleEndian ? head.readUInt32LE(4) : head.readUInt32BE(4)
    if (name === 'ds64' && head.length === 24) largeDataBytes = Number(head.readBigUInt64LE(16)) || undefined
    const bytes = name === 'data' && isPlaceholder(size) ? largeDataBytes : size
    yield { name, start: position + 8, bytes, isLittleEndian }
    if (bytes === undefined) return
    position += 8 + bytes + (bytes % 2)
  }
}

/** The content of a chunk, of which at most so many bytes are read. */
export async function readWavChunk(file: FileHandle, { start, bytes = 0 }: WavChunk, atMost: number): Promise<Buffer> {
  return await readBytes(file, start, Math.min(bytes, atMost))
}

export const viewOf = (bytes: Buffer) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
