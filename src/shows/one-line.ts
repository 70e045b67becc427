import { storableText } from '../core/db.ts'

/** Text for one line: storable, without line breaks and other control characters. */
export const oneLine = (text: string): string =>
  storableText(text)
    .replace(/\p{Control}+/gu, ' ')
    .trim()

/** The same for text that keeps its line breaks and tabs. */
export const severalLines = (text: string): string =>
  storableText(text)
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Control}+/gu, ' ')
    .trim()
