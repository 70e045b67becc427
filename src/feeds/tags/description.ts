import { feedNotes } from '../../shows/notes.ts'
import { xmlText } from '../xml.ts'

/** PSP-1 and Apple: a description has at most 4000 bytes. */
const mostBytes = 4000

/** Notes for `description`: whole when they fit, else the paragraphs that do. The whole ones stand in `content:encoded`. */
export function fittingNotes(notesHtml: string): string {
  const html = xmlText(feedNotes(notesHtml))
  return fits(html) ? html : fittingBlocks(html) || beginning(html)
}

/** Plain text for `description`: whole when it fits, else its beginning. */
export function fittingText(text: string): string {
  const clean = xmlText(text)
  return fits(clean) ? clean : `${cut(clean)}…`
}

const fits = (text: string): boolean => Buffer.byteLength(text) <= mostBytes

/** The paragraphs and lists that fit; one that is open where they end is closed. Empty: not even the first does. */
function fittingBlocks(html: string): string {
  let taken = ''
  let bytes = 0
  let fitting = ''
  let open: string[] = []
  for (const block of blocksOf(html)) {
    open = openAfter(open, block)
    const closing = open.map((name) => `</${name}>`).join('')
    bytes += Buffer.byteLength(block)
    if (bytes + closing.length > mostBytes) break
    taken += block
    fitting = taken + closing
  }
  return fitting
}

/** Those among which some may fit. The last is cut off or one too many. */
const blocksOf = (html: string): string[] =>
  html
    .slice(0, mostBytes)
    .split(/(?<=<\/(?:p|[ou]l)>)\s*/)
    .slice(0, -1)

/** The lists and their items that are open after a block, the innermost first. */
function openAfter(before: readonly string[], block: string): string[] {
  const open = [...before]
  for (const [, slash, name = ''] of block.matchAll(/<(\/?)(ul|ol|li)\b[^>]*>/g)) {
    if (slash) open.shift()
    else open.unshift(name)
  }
  return open
}

/** Of one endless paragraph, in plain text. */
const beginning = (html: string): string => `${cut(html.replace(/<[^>]*>/g, ' ').trim()).replace(/&[^;]*$/, '')}…`

/** As much as leaves room for an ellipsis of 3 bytes, cut between characters. */
const cut = (text: string): string =>
  new TextDecoder().decode(Buffer.from(text).subarray(0, mostBytes - 3), { stream: true })
