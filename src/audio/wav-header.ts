import { type FileHandle, open } from 'node:fs/promises'
import { readWavChunk, viewOf, type WavChunk, walkWavChunks } from './wav-chunks.ts'

/** PCM, float, A-law, mu-law, extensible: those where a byte is always the same time. */
const linearFormats = new Set([1, 3, 6, 7, 0xfffe])

/**
 * The length that the chunks of a RIFF, RIFX, RF64 or BW64 WAVE declare, whether the bytes are there or not. Undefined when
 * they declare none.
 */
export async function readWavHeader(path: string): Promise<{ seconds: number } | undefined> {
  const file = await open(path)
  try {
    let bytesPerSecond: number | undefined
    for await (const chunk of walkWavChunks(file)) {
      if (chunk.name === 'fmt ') bytesPerSecond = await readByteRate(file, chunk)
      if (chunk.name !== 'data') continue
      return bytesPerSecond && chunk.bytes ? { seconds: chunk.bytes / bytesPerSecond } : undefined
    }
  } finally {
    await file.close()
  }
}

async function readByteRate(file: FileHandle, chunk: WavChunk): Promise<number | undefined> {
  const format = await readWavChunk(file, chunk, 16)
  if (format.length < 16) return
  const view = viewOf(format)
  const [code, sampleRateHz, blockBytes] = [
    view.getUint16(0, chunk.isLittleEndian),
    view.getUint32(4, chunk.isLittleEndian),
    view.getUint16(12, chunk.isLittleEndian),
  ]
  return linearFormats.has(code) ? sampleRateHz * blockBytes : undefined
}
