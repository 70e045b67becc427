import { invalid } from '../core/errors.ts'
import { type Block, blocksOf, parseCueTimes, wrap } from './cues.ts'
import type { Segment, Words } from './segment.ts'
import { formatTimecode } from './timecode.ts'

/** Podcast namespace: lines of at most 65 characters. */
const lineLength = 65

/**
 * Reads WebVTT (W3C). Voice spans give the speakers; a cue in which several speak becomes several segments at its time. Notes, styles,
 * regions and other tags are passed over. Throws `invalid` that names the line.
 */
export function parseVtt(text: string): Segment[] {
  const [header, ...blocks] = blocksOf(text)
  if (!header || !/^WEBVTT(?:\s|$)/.test(header.lines[0] ?? ''))
    throw invalid('Line 1 of a WebVTT file must be WEBVTT.')
  return blocks.filter(({ lines: [first = ''] }) => !/^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(first)).flatMap(parseCue)
}

/** Segments as WebVTT, each a cue with its speaker as voice. */
export function printVtt(segments: readonly Segment[]): string {
  const cues = segments.map(({ startSeconds, endSeconds, speaker, body }) => {
    const words = wrap(body, lineLength).map(escapeCue).join('\n')
    const voice = speaker ? `<v ${escapeCue(speaker)}>` : ''
    return `${formatTimecode(startSeconds)} --> ${formatTimecode(endSeconds)}\n${voice}${words}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

/** A cue: an identifier when it has one, its times, its text. */
function parseCue({ line, lines }: Block): Segment[] {
  const at = !lines[0]?.includes('-->') && lines[1]?.includes('-->') ? 1 : 0
  const times = parseCueTimes(lines[at] ?? '', line + at)
  return voicesOf(lines.slice(at + 1).join('\n')).map((said) => ({ ...times, ...said }))
}

/** What is said in a cue, before the first voice span and in each. */
function voicesOf(text: string): Words[] {
  const voices = [...text.matchAll(/<v(?:\.[^\s<>]*)?\s([^<>]*)>/g)]
  const before = text.slice(0, voices[0]?.index)
  const spans = voices.map(({ index, 0: tag, 1: speaker = '' }, count) => ({
    speaker: plain(speaker),
    body: plain(text.slice(index + tag.length, voices[count + 1]?.index)),
  }))
  return [{ body: plain(before) }, ...spans].filter(({ body }) => body.trim() !== '')
}

/** Words without tags, and with the characters that stand for themselves again. */
const plain = (text: string) => readCharacters(text.replace(/<[^<>]*>/g, ''))

const escapeCue = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')

const characters: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  lrm: '\u200e',
  rlm: '\u200f',
}

const readCharacters = (text: string) =>
  text.replace(/&(amp|lt|gt|quot|apos|nbsp|lrm|rlm|#\d{1,6}|#x[\da-f]{1,5});/gi, (_, name: string) => {
    if (!name.startsWith('#')) return characters[name.toLowerCase()] ?? ''
    return String.fromCodePoint(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
  })
