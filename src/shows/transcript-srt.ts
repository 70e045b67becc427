import { invalid } from '../core/errors.ts'
import { blocksOf, parseCueTimes, wrap } from './cues.ts'
import type { Segment, Times } from './segment.ts'
import { splitSpokenName } from './spoken-name.ts'
import { formatTimecode } from './timecode.ts'

/** Podcast namespace: cards of at most two lines, at most 32 characters each. */
const lineLength = 32
const linesOnCard = 2

type Card = { line: number; lines: string[] }

/**
 * Reads SubRip. A card that begins with `Name: ` has that speaker; numbers need not be there, tags are passed over, and a blank line
 * inside a card is allowed. Throws `invalid` that names the line.
 */
export function parseSrt(text: string): Segment[] {
  return cardsOf(text).map(({ line, lines: [times = '', ...words] }) => ({
    ...parseCueTimes(times, line),
    ...splitSpokenName(words.join('\n').replace(tags, '').trim()),
  }))
}

/** Segments as SubRip: the speaker's name stands where the speaker changes, which begins a card; long segments have several. */
export function printSrt(segments: readonly Segment[]): string {
  let lastSpeaker: string | undefined
  const cards = segments.flatMap(({ speaker, body, ...times }) => {
    const isNew = speaker !== undefined && speaker !== lastSpeaker
    lastSpeaker = speaker ?? lastSpeaker
    return spread(wrap(withoutArrows(isNew ? `${speaker}: ${body}` : body), lineLength), times)
  })
  return cards.map((card, index) => `${index + 1}\n${card}\n`).join('\n')
}

/** SubRip's few HTML tags, and the `{\an8}` of others. */
const tags = /<\/?(?:b|i|u|s|font|c|v)\b[^<>]*>|\{\\[^{}]*\}/gi

function cardsOf(text: string): Card[] {
  const cards: Card[] = []
  for (const { line, lines } of blocksOf(text)) {
    const at = /^\s*\d+\s*$/.test(lines[0] ?? '') && lines.length > 1 ? 1 : 0
    const last = cards.at(-1)
    if (at === 1 || lines[0]?.includes('-->')) cards.push({ line: line + at, lines: lines.slice(at) })
    else if (last) for (const each of lines) last.lines.push(each)
    else throw invalid(`Line ${line} is not the beginning of a SubRip file: a number, and the times below it.`)
  }
  return cards
}

/** Lines on cards, which share the time by the length of their text. */
function spread(lines: readonly string[], { startSeconds, endSeconds }: Times): string[] {
  const total = lines.join('').length
  let shown = 0
  const moment = () => formatTimecode(startSeconds + ((endSeconds - startSeconds) * shown) / total, ',')
  const cards: string[] = []
  for (let first = 0; first < lines.length; first += linesOnCard) {
    const card = lines.slice(first, first + linesOnCard)
    const start = moment()
    shown += card.join('').length
    cards.push(`${start} --> ${moment()}\n${card.join('\n')}`)
  }
  return cards
}

const withoutArrows = (text: string) => text.replaceAll('-->', '→')
