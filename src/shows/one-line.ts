import { storableText } from '../core/db.ts'

/** Printable ASCII, as most texts are: nothing to take out. */
const plain = /^[ -~]*$/

/** Text for one line: storable, without line breaks and other control characters. */
export const oneLine = (text: string): string =>
  plain.test(text)
    ? text.trim()
    : storableText(text)
        .replace(/\p{Control}+/gu, ' ')
        .trim()

/** The same for text that keeps its line breaks and tabs. */
export const severalLines = (text: string): string =>
  plain.test(text)
    ? text.trim()
    : storableText(text)
        .replace(/\r\n?/g, '\n')
        .replace(/[^\P{Control}\n\t]+/gu, ' ')
        .trim()
