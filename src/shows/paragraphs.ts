import type { Passage } from './segment.ts'

const comfortableLength = 400

/**
 * A transcript for readers: what one person says on end is put together, into paragraphs that end with a sentence once they have
 * 400 characters. Each begins when its first words are said. What names nobody goes on with whoever spoke. Plain text stays as
 * it was written.
 */
export function paragraphsOf(passages: readonly Passage[]): Passage[] {
  const paragraphs: Passage[] = []
  for (const passage of passages) {
    const last = paragraphs.at(-1)
    if (last && goesOn(last, passage)) paragraphs[paragraphs.length - 1] = join(last, passage)
    else paragraphs.push(passage)
  }
  return paragraphs
}

function goesOn(last: Passage, { startSeconds, speaker }: Passage): boolean {
  if (startSeconds === undefined) return false
  if (speaker !== undefined && speaker !== last.speaker) return false
  return last.body.length < comfortableLength || !/[.!?…。！？]["'”’»)]?$/.test(last.body)
}

const join = (last: Passage, { endSeconds, body }: Passage): Passage => ({
  ...last,
  endSeconds,
  body: `${last.body} ${body}`,
})
