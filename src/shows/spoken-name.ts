import type { Words } from './segment.ts'

const mostWords = 4

/**
 * The speaker of a text that begins with a name and a colon, as in `Ada Lovelace: Good evening`: at most four words, the first not in
 * small letters. Other text is body as it is.
 */
export function splitSpokenName(text: string): Words {
  const [whole = '', speaker = ''] = /^((?:\p{Lu}|\p{Lt}|\p{Lo})[^:!?;"“”]{0,79}):\s+(?=\S)/u.exec(text) ?? []
  const isName = speaker !== '' && speaker.trim().split(/\s+/).length <= mostWords
  return isName ? { speaker: speaker.trim(), body: text.slice(whole.length) } : { body: text }
}
