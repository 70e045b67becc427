import { invalid } from '../core/errors.ts'
import type { Chapter } from './chapter.ts'
import { tryParseTimecode } from './timecode.ts'
import { readTags, type Tag } from './xml-tags.ts'

/**
 * Podlove Simple Chapters 1.2 (podlove.org/simple-chapters): `<psc:chapters>` with `<psc:chapter start title href image>`,
 * under any prefix, alone or inside a feed's item. Throws `invalid`, with the line.
 */
export function parseSimpleChapters(xml: string): Chapter[] {
  const tags = readTags(xml)
  if (!tags.some(({ name }) => name === 'chapters')) {
    throw invalid('There is no <psc:chapters> in this file: it is not Podlove Simple Chapters.')
  }
  return tags.filter(({ name }) => name === 'chapter').map(parseChapter)
}

function parseChapter({ attributes, line }: Tag): Chapter {
  const start = attributes.get('start') ?? ''
  const startSeconds = tryParseTimecode(start.trim())
  if (startSeconds === undefined) {
    throw invalid(`Line ${line}: “${start.slice(0, 40)}” is no start of a chapter. Write it like start="00:01:30.000".`)
  }
  return {
    startSeconds,
    title: attributes.get('title'),
    url: attributes.get('href')?.trim(),
    imageUrl: attributes.get('image')?.trim(),
  }
}
