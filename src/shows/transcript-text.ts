import { blocksOf } from './cues.ts'
import type { Passage } from './segment.ts'
import { splitSpokenName } from './spoken-name.ts'

/** Plain text: paragraphs, parted by blank lines, without times; one that begins with `Name: ` has that speaker. */
export const parsePlainTranscript = (text: string): Passage[] =>
  blocksOf(text).map(({ lines }) => splitSpokenName(lines.join('\n').trim()))
