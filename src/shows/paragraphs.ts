import type { Passage } from './segment.ts'

const comfortableLength = 400
/** Where nobody set a full stop, as in captions that a machine made. */
const longestLength = 1_200

type Paragraph = { beginning: Passage; bodies: string[]; length: number; endSeconds: number | undefined }

/**
 * A transcript for readers: what one person says on end is put together, into paragraphs that end with a sentence once they have
 * 400 characters, and anyhow at 1,200. Each begins when its first words are said. What names nobody goes on with whoever spoke.
 * Plain text stays as it was written.
 */
export function paragraphsOf(passages: readonly Passage[]): Passage[] {
  const paragraphs: Paragraph[] = []
  for (const passage of passages) {
    const last = paragraphs.at(-1)
    if (last && goesOn(last, passage)) append(last, passage)
    else
      paragraphs.push({
        beginning: passage,
        bodies: [passage.body],
        length: passage.body.length,
        endSeconds: passage.endSeconds,
      })
  }
  return paragraphs.map(join)
}

function goesOn({ beginning, bodies, length }: Paragraph, { startSeconds, speaker }: Passage): boolean {
  if (startSeconds === undefined) return false
  if (speaker !== undefined && speaker !== beginning.speaker) return false
  if (length < comfortableLength) return true
  return length < longestLength && !/[.!?…。！？]["'”’»)]?$/.test(bodies.at(-1) ?? '')
}

/** Joined at the end: to look at words that were just put together takes as long as there are words. */
function append(paragraph: Paragraph, { body, endSeconds }: Passage): void {
  paragraph.bodies.push(body)
  paragraph.length += body.length + 1
  paragraph.endSeconds = endSeconds
}

const join = ({ beginning, bodies, endSeconds }: Paragraph): Passage =>
  bodies.length === 1 ? beginning : { ...beginning, endSeconds, body: bodies.join(' ') }
