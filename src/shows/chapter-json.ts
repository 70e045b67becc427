import { invalid } from '../core/errors.ts'
import type { Chapter } from './chapter.ts'
import { parseJson } from './text-body.ts'

/** A document of the JSON chapters format 1.2 (podcast namespace, chapters/jsonChapters.md). */
export type JsonChapters = Readonly<{ version: string; chapters: JsonChapter[] }>

export type JsonChapter = Readonly<{
  startTime: number
  endTime?: number
  title?: string
  url?: string
  img?: string
  /** False: not for the table of contents. */
  toc?: boolean
}>

/** Reads JSON chapters of any version; fields that it does not know are passed over. Throws `invalid` that names the chapter. */
export function parseJsonChapters(text: string): Chapter[] {
  const { chapters } = (parseJson(text) ?? {}) as { chapters?: unknown }
  if (!Array.isArray(chapters)) throw invalid('JSON chapters are an object with a list “chapters”.')
  return chapters.map((chapter, index) => parseChapter(chapter, index))
}

/** Chapters as a document; pictures of ours must have their address (`addressImages`). */
export const jsonChapters = (chapters: readonly Chapter[]): JsonChapters => ({
  version: '1.2.0',
  chapters: chapters.map(({ startSeconds, endSeconds, title, url, imageUrl, isHidden }) => ({
    startTime: startSeconds,
    ...(endSeconds !== undefined && { endTime: endSeconds }),
    ...(title && { title }),
    ...(url && { url }),
    ...(imageUrl && { img: imageUrl }),
    ...(isHidden && { toc: false }),
  })),
})

function parseChapter(value: unknown, index: number): Chapter {
  const chapter = (value ?? {}) as Record<string, unknown>
  const startSeconds = fieldOf(chapter, 'startTime', 'number', index)
  if (startSeconds === undefined) {
    const message = `Chapter ${index + 1}: “startTime” is missing, the seconds at which it begins.`
    throw invalid(message, `chapters.${index}.startTime`)
  }
  return {
    startSeconds,
    endSeconds: fieldOf(chapter, 'endTime', 'number', index),
    title: fieldOf(chapter, 'title', 'string', index),
    url: fieldOf(chapter, 'url', 'string', index),
    imageUrl: fieldOf(chapter, 'img', 'string', index),
    isHidden: fieldOf(chapter, 'toc', 'boolean', index) === false,
  }
}

type Kinds = { number: number; string: string; boolean: boolean }

/** Undefined when it is absent, null or empty. */
function fieldOf<Kind extends keyof Kinds>(
  chapter: Record<string, unknown>,
  field: string,
  kind: Kind,
  index: number,
): Kinds[Kind] | undefined {
  const value = Object.hasOwn(chapter, field) ? chapter[field] : undefined
  if (value === undefined || value === null || value === '') return undefined
  if (typeof value === kind) return value as Kinds[Kind]
  throw invalid(`Chapter ${index + 1}: “${field}” must be a ${kind}.`, `chapters.${index}.${field}`)
}
