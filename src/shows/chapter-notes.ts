import { type Chapter, fitChapters, tryParseWebAddress } from './chapter.ts'
import { linesOf } from './text-body.ts'
import { tryParseTimecode } from './timecode.ts'

/**
 * Chapters from show notes (Markdown), as Apple, Spotify and YouTube read them from descriptions: lines, or items of a list,
 * that begin with a time, alone or in brackets, and go on with a title. A link in the title is the chapter's link.
 * Times that rise from line to line belong together; the longest such run is the chapters, if it has two at least, so that
 * a list of highlights or corrections elsewhere in the notes does no harm. Empty when there are none.
 */
export function parseNotesChapters(notes: string): Chapter[] {
  if (!/\d:\d\d/.test(notes)) return []
  const [longest = []] = risingRuns(linesOf(notes).flatMap((line) => tryParseLine(line) ?? [])).sort(
    (a, b) => b.length - a.length,
  )
  return longest.length < 2 ? [] : fitChapters(longest)
}

function risingRuns(chapters: readonly Chapter[]): Chapter[][] {
  const runs: Chapter[][] = []
  let last = Number.POSITIVE_INFINITY
  for (const chapter of chapters) {
    if (chapter.startSeconds > last) runs.at(-1)?.push(chapter)
    else runs.push([chapter])
    last = chapter.startSeconds
  }
  return runs
}

/** A bullet or a number, a time, and words behind it. */
const moment =
  /^\s{0,8}(?:(?:[-+*•]|\d{1,3}[.)])\s{1,8})?[([]?((?:\d{1,2}:)?\d{1,3}:[0-5]\d)[)\]]?(?![\d:.,]\d)[\s:|–—-]{1,8}(\S.*)$/

function tryParseLine(line: string): Chapter | undefined {
  const [words, url] = withoutLinks(line.slice(0, 4_000))
  const [, time = '', title = ''] = moment.exec(withoutEmphasis(words)) ?? []
  const startSeconds = tryParseTimecode(time)
  return startSeconds === undefined ? undefined : { startSeconds, title: title.trim(), url }
}

/** The line with links as their words, and the first web address among them. */
function withoutLinks(line: string): [words: string, url: string | undefined] {
  let url: string | undefined
  const take = (address: string) => {
    url ??= tryParseWebAddress(address)
  }
  const words = line
    .replace(/\[([^\][]{1,300})\]\(([^()\s]{0,2000})(?: [^()]{0,300})?\)/g, (_, text: string, address: string) => {
      take(address)
      return text
    })
    .replace(/<(https?:\/\/[^<>\s]{1,2000})>/g, (_, address: string) => {
      take(address)
      return ''
    })
  return [words, url]
}

/** Markdown's signs for bold, italic and code, where they stand at the edge of a word. */
const withoutEmphasis = (text: string) =>
  text.replace(/\*\*|__|`/g, '').replace(/(?<=^|[\s(])[*_](?=\S)|(?<=\S)[*_](?=$|[\s).,:;!?])/g, '')
