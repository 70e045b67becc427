import { invalid } from '../core/errors.ts'
import { demandTimes, type Times } from './segment.ts'
import { linesOf } from './text-body.ts'
import { tryParseTimecode } from './timecode.ts'

/** Lines that follow each other without a blank one; `line` is the number of the first, from 1. */
export type Block = Readonly<{ line: number; lines: readonly string[] }>

/** What WebVTT and SubRip are made of. */
export function blocksOf(text: string): Block[] {
  const blocks: { line: number; lines: string[] }[] = []
  let isOpen = false
  for (const [index, line] of linesOf(text).entries()) {
    const isBlank = line.trim() === ''
    if (!isBlank && isOpen) blocks.at(-1)?.lines.push(line)
    else if (!isBlank) blocks.push({ line: index + 1, lines: [line] })
    isOpen = !isBlank
  }
  return blocks
}

/** The times of `00:01.000 --> 00:02.500`; what follows them, settings of its place on a screen, is passed over. Throws `invalid`. */
export function parseCueTimes(line: string, number: number): Times {
  const [start = '', end = ''] = line.split('-->')
  const startSeconds = tryParseTimecode(start.trim())
  const endSeconds = tryParseTimecode(end.trim().split(/\s/, 1)[0] ?? '')
  if (startSeconds === undefined || endSeconds === undefined) {
    throw invalid(`Line ${number}: “${line.trim().slice(0, 60)}” is not the times of a cue, like ${example}.`)
  }
  return demandTimes(`The cue on line ${number}`, startSeconds, endSeconds)
}

const example = '00:01:30.000 --> 00:01:33.500'

/** Words in lines of at most that many characters; a longer word is cut. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => pieces(each, width))) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line ? `${line} ${word}` : word
  }
  return [...lines, line]
}

function pieces(word: string, width: number): string[] {
  if (word.length <= width) return [word]
  const found: string[] = []
  let piece = ''
  for (const character of word) {
    if (piece.length + character.length > width) {
      found.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...found, piece]
}
