import { storableText } from '../core/db.ts'

/** Text for one line: storable, without line breaks and other control characters. */
export const oneLine = (text: string): string =>
  storableText(text)
    .replace(/\p{Control}+/gu, ' ')
    .trim()
