import type { FileHandle } from 'node:fs/promises'
import type { FoundChapter } from '../recording/tidy-chapters.ts'
import { parseId3Chapters } from './parse-chapters.ts'
import { type Place, readId3Tag } from './read-tag.ts'

/** The chapters of the ID3v2 tag at that place of a file, as they stand; none where there is no tag. */
export async function readId3Chapters(file: FileHandle, place: Place = {}): Promise<FoundChapter[]> {
  const tag = await readId3Tag(file, place)
  return tag ? parseId3Chapters(tag) : []
}
