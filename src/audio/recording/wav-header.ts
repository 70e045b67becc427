import { type FileHandle, open } from 'node:fs/promises'
import { readWavChunk, viewOf, type WavChunk, walkWavChunks } from './wav-chunks.ts'

/** PCM, float, A-law, mu-law, extensible: those where a byte is always the same time. */
const linearFormats = new Set([1, 3, 6, 7, 0xfffe])

export type WavHeader = Readonly<{
  /** Of the first sample. */
  dataOffset?: number
  /** As declared, whether they are there or not; undefined when the recorder did not know. */
  dataBytes?: number
  /** Undefined for formats where a byte is not always the same time. */
  bytesPerSecond?: number
}>

/** What the chunks of a RIFF, RIFX, RF64 or BW64 WAVE (EBU Tech 3306, ITU-R BS.2088) say. */
export async function readWavHeader(path: string): Promise<WavHeader> {
  const file = await open(path)
  try {
    let bytesPerSecond: number | undefined
    for await (const chunk of walkWavChunks(file)) {
      if (chunk.name === 'fmt ') bytesPerSecond = await readByteRate(file, chunk)
      if (chunk.name === 'data') return { dataOffset: chunk.start, dataBytes: chunk.bytes, bytesPerSecond }
    }
    return {}
  } finally {
    await file.close()
  }
}

/** Undefined when the header promises no length. */
export const declaredSeconds = ({ dataBytes, bytesPerSecond }: WavHeader): number | undefined =>
  dataBytes && bytesPerSecond ? dataBytes / bytesPerSecond : undefined

/** Of the sound that is there; undefined when a byte is not always the same time. */
export const presentSeconds = (header: WavHeader, fileBytes: number): number | undefined =>
  header.dataOffset && header.bytesPerSecond ? presentBytes(header, fileBytes) / header.bytesPerSecond : undefined

/** Of samples: no more than the header says, and no more than the file has. */
export function presentBytes({ dataOffset = 0, dataBytes = Infinity }: WavHeader, fileBytes: number): number {
  return Math.max(0, Math.min(fileBytes - dataOffset, dataBytes))
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
