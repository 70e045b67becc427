import { arrangeChapters, type Chapter } from './chapter.ts'
import { parseJsonChapters } from './chapter-json.ts'
import { parseSimpleChapters } from './chapter-psc.ts'
import { parseChapterText } from './chapter-text.ts'
import { decodeText } from './text-body.ts'

const formats = {
  'application/json+chapters': parseJsonChapters,
  'application/json': parseJsonChapters,
  'text/plain': parseChapterText,
  'application/xml': parseSimpleChapters,
  'text/xml': parseSimpleChapters,
}

export type ChaptersType = keyof typeof formats

/** The media types that chapters are taken in. */
export const chapterTypes = Object.keys(formats) as ChaptersType[]

/**
 * Reads a file of chapters for audio that is so long: JSON chapters, Podlove Simple Chapters, the text form of these, or labels of
 * Audacity. Throws `invalid` that says what to mend.
 */
export const readChapters = (file: Uint8Array, type: ChaptersType, durationSeconds: number | undefined): Chapter[] =>
  arrangeChapters(formats[type](decodeText(file)), durationSeconds)
