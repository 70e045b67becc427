import { isUtf8 } from 'node:buffer'
import type { FileHandle } from 'node:fs/promises'
import { readId3Chapters } from '../id3/read-chapters.ts'
import { mostChapters } from './chapter.ts'
import type { FoundChapter } from './tidy-chapters.ts'
import { readWavChunk, viewOf, type WavChunk, walkWavChunks } from './wav-chunks.ts'

/** What a list of associated data says about a cue point. */
type Label = { title?: string; samples?: number }

const cueBytes = 24
const longestList = 1024 ** 2

/**
 * The chapters of a WAVE file, as they stand: those of an ID3 tag inside, or else the cue points, with the names and lengths
 * that a list of associated data gives them (Multimedia Programming Interface and Data Specifications 1.0, chapter 3).
 */
export async function readWavChapters(file: FileHandle): Promise<FoundChapter[]> {
  let sampleRateHz = 0
  let cues: Cue[] = []
  let tagged: FoundChapter[] = []
  const labels = new Map<number, Label>()
  for await (const chunk of walkWavChunks(file)) {
    if (chunk.name === 'fmt ') sampleRateHz = await readSampleRate(file, chunk)
    if (chunk.name === 'cue ') cues = await readCues(file, chunk)
    if (chunk.name === 'LIST') await readLabels(file, chunk, labels)
    if (chunk.name.toLowerCase() === 'id3 ') tagged = await readId3Chapters(file, chunk)
  }
  if (tagged.length > 0 || sampleRateHz === 0) return tagged
  return cues.map(({ id, sample }) => {
    const { title, samples } = labels.get(id) ?? {}
    const endSeconds = samples ? (sample + samples) / sampleRateHz : undefined
    return { startSeconds: sample / sampleRateHz, endSeconds, title }
  })
}

async function readSampleRate(file: FileHandle, chunk: WavChunk): Promise<number> {
  const format = await readWavChunk(file, chunk, 8)
  return format.length < 8 ? 0 : viewOf(format).getUint32(4, chunk.isLittleEndian)
}

type Cue = Readonly<{ id: number; sample: number }>

/** Behind the count: id, place in the play list, name, start and block of a chunk, sample. */
async function readCues(file: FileHandle, chunk: WavChunk): Promise<Cue[]> {
  const content = (await readWavChunk(file, chunk, 4 + mostChapters * cueBytes)).subarray(4)
  const view = viewOf(content)
  return Array.from({ length: Math.floor(content.length / cueBytes) }, (_, index) => ({
    id: view.getUint32(index * cueBytes, chunk.isLittleEndian),
    sample: view.getUint32(index * cueBytes + 20, chunk.isLittleEndian),
  }))
}

/** `labl` is the name of a cue point, `ltxt` its length in samples and perhaps another text. */
async function readLabels(file: FileHandle, chunk: WavChunk, labels: Map<number, Label>): Promise<void> {
  const list = await readWavChunk(file, chunk, longestList)
  if (list.toString('latin1', 0, 4) !== 'adtl') return
  const view = viewOf(list)
  for (let at = 4; at + 12 <= list.length; ) {
    const name = list.toString('latin1', at, at + 4)
    const size = view.getUint32(at + 4, chunk.isLittleEndian)
    const id = view.getUint32(at + 8, chunk.isLittleEndian)
    const content = list.subarray(at + 12, at + 8 + size)
    const label = labels.get(id) ?? {}
    if (name === 'labl') label.title = decode(content)
    if (name === 'ltxt' && content.length >= 4) {
      label.samples = viewOf(content).getUint32(0, chunk.isLittleEndian)
      label.title ??= decode(content.subarray(16))
    }
    labels.set(id, label)
    at += 8 + size + (size % 2)
  }
}

/** Up to the end mark; old programs write the code page of their country, mostly this one. */
function decode(bytes: Buffer): string {
  const end = bytes.indexOf(0)
  const text = bytes.subarray(0, end < 0 ? bytes.length : end)
  return isUtf8(text) ? text.toString('utf8') : new TextDecoder('windows-1252').decode(text)
}
