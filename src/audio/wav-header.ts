import { type FileHandle, open } from 'node:fs/promises'
import { readBytes } from './read-bytes.ts'

/** PCM, float, A-law, mu-law, extensible: those where a byte is always the same time. */
const linearFormats = new Set([1, 3, 6, 7, 0xfffe])

/** What recorders write that do not know the length yet: nothing, or (nearly) the most that fits 31 or 32 bits. */
const isPlaceholder = (bytes: number) =>
  bytes === 0 || bytes >= 0xffff_e000 || (bytes >= 0x7fff_e000 && bytes <= 0x8000_1000)

/**
 * The length that the chunks of a RIFF, RIFX, RF64 or BW64 WAVE (EBU Tech 3306, ITU-R BS.2088) declare, whether the bytes are
 * there or not. Undefined when they declare none.
 */
export async function readWavHeader(path: string): Promise<{ seconds: number } | undefined> {
  const file = await open(path)
  try {
    const { bytesPerSecond, dataBytes } = await walkChunks(file)
    return bytesPerSecond && dataBytes ? { seconds: dataBytes / bytesPerSecond } : undefined
  } finally {
    await file.close()
  }
}

async function walkChunks(file: FileHandle): Promise<{ bytesPerSecond?: number; dataBytes?: number }> {
  const isBigEndian = (await readBytes(file, 0, 4)).toString('latin1') === 'RIFX'
  const u16 = (bytes: Buffer, offset: number) => (isBigEndian ? bytes.readUInt16BE(offset) : bytes.readUInt16LE(offset))
  const u32 = (bytes: Buffer, offset: number) => (isBigEndian ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset))
  let bytesPerSecond: number | undefined
  let largeDataBytes: number | undefined

  for (let position = 12, chunks = 0; chunks < 1000; chunks++) {
    const chunk = await readBytes(file, position, 24)
    if (chunk.length < 8) break
    const name = chunk.toString('latin1', 0, 4)
    const size = u32(chunk, 4)
    if (name === 'data') return { bytesPerSecond, dataBytes: isPlaceholder(size) ? largeDataBytes : size }
    if (chunk.length < 24) break
    if (name === 'ds64') largeDataBytes = Number(chunk.readBigUInt64LE(16))
    if (name === 'fmt ' && linearFormats.has(u16(chunk, 8))) bytesPerSecond = u32(chunk, 12) * u16(chunk, 20)
    position += 8 + size + (size % 2)
  }
  return {}
}
