import { invalid } from '../core/errors.ts'
import { tryParseUrl } from '../core/try-parse-url.ts'
import { oneLine } from './one-line.ts'
import { formatMoment, toMillisecond } from './timecode.ts'

/** A chapter of an episode, as JSON chapters 1.2 has them. */
export type Chapter = Readonly<{
  startSeconds: number
  /** Absent: it goes on until the next one. */
  endSeconds?: number
  title?: string
  url?: string
  /** Where its picture is, when it is not one of ours. */
  imageUrl?: string
  /** Its row in `chapterImage`, when we have the picture. */
  imageId?: string
  /** Listeners are not shown it in lists: it changes the picture or the link only (`toc: false`). */
  isHidden?: boolean
}>

export const mostChapters = 2_000
const longestTitle = 255
const longestUrl = 2_000
const latestStart = 100 * 3600

/**
 * Chapters that somebody gave, cleaned and in order. Throws `invalid` that names the chapter, and its field as JSON chapters call
 * it: at least one, at most 2,000, each with a time of its own before the end of the audio (when that is known), titles of at most
 * 255 characters, addresses that are http or https.
 */
export function arrangeChapters(chapters: readonly Chapter[], durationSeconds = latestStart): Chapter[] {
  if (chapters.length === 0) throw invalid('There is no chapter in it. Give at least one, or delete the chapters.')
  if (chapters.length > mostChapters) {
    throw invalid(`These are ${chapters.length} chapters, but an episode can have ${mostChapters}. Leave some out.`)
  }
  const arranged = inOrder(chapters.map((chapter, index) => checked(chapter, index, durationSeconds)))
  const twin = arranged.find(({ startSeconds }, index) => startSeconds === arranged[index - 1]?.startSeconds)
  if (twin) throw invalid(`Two chapters begin at ${formatMoment(twin.startSeconds)}. Move one, or take it out.`)
  return arranged
}

/** The same for chapters that were found, in a recording or in show notes: what breaks a rule is left out, or cut. */
export function fitChapters(chapters: readonly Chapter[], durationSeconds = latestStart): Chapter[] {
  const usable = chapters.filter(({ startSeconds }) => startSeconds >= 0 && startSeconds < durationSeconds)
  return inOrder(usable.map((chapter) => tidy({ ...chapter, title: cut(chapter.title) }, durationSeconds)))
    .filter(({ startSeconds }, index, all) => startSeconds !== all[index - 1]?.startSeconds)
    .slice(0, mostChapters)
}

/** The address as browsers write it; undefined when it is none that a listener can follow. */
export function tryParseWebAddress(text: string): string | undefined {
  const url = tryParseUrl(text)
  return url && /^https?:$/.test(url.protocol) && url.href.length <= longestUrl ? url.href : undefined
}

function checked(chapter: Chapter, index: number, durationSeconds: number): Chapter {
  const { startSeconds, endSeconds, title, url, imageUrl } = chapter
  const name = `Chapter ${index + 1}${title ? ` (“${oneLine(title).slice(0, 60)}”)` : ''}`
  const field = `chapters.${index}`
  if (!(startSeconds >= 0 && startSeconds < Number.POSITIVE_INFINITY))
    throw invalid(`${name} has no time at which it begins.`, `${field}.startTime`)
  if (startSeconds >= durationSeconds) {
    throw invalid(
      `${name} begins at ${formatMoment(startSeconds)}, but there is no audio after ${formatMoment(durationSeconds)}.`,
      `${field}.startTime`,
    )
  }
  if (endSeconds !== undefined && !(endSeconds > startSeconds))
    throw invalid(`${name} ends before it begins.`, `${field}.endTime`)
  if (title && [...oneLine(title)].length > longestTitle) {
    const message = `The title of ${name} is too long. Shorten it: it can have ${longestTitle} characters.`
    throw invalid(message, `${field}.title`)
  }
  for (const [key, address] of Object.entries({ url, img: imageUrl })) {
    if (!address || tryParseWebAddress(address)) continue
    const message = `“${address.slice(0, 100)}” in ${name} is not an address. Write it like https://example.com/page.`
    throw invalid(message, `${field}.${key}`)
  }
  return tidy(chapter, durationSeconds)
}

/** Only what is known of a chapter, and of that only what is there. */
function tidy({ title, url, imageUrl, ...chapter }: Chapter, durationSeconds: number): Chapter {
  const [name, link, picture] = [
    title && oneLine(title),
    tryParseWebAddress(url ?? ''),
    tryParseWebAddress(imageUrl ?? ''),
  ]
  const startSeconds = toMillisecond(chapter.startSeconds)
  const endSeconds = toMillisecond(Math.min(chapter.endSeconds ?? Number.NaN, durationSeconds))
  return {
    startSeconds,
    ...(endSeconds > startSeconds && { endSeconds }),
    ...(name && { title: name }),
    ...(link && { url: link }),
    ...(picture && { imageUrl: picture }),
    ...(chapter.imageId && { imageId: chapter.imageId }),
    ...(chapter.isHidden && { isHidden: true }),
  }
}

const inOrder = (chapters: readonly Chapter[]) => [...chapters].sort((a, b) => a.startSeconds - b.startSeconds)

/** Cut between characters. */
const cut = (title: string | undefined) => title && [...oneLine(title)].slice(0, longestTitle).join('').trim()
