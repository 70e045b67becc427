import { invalid } from '../core/errors.ts'

/** The words of a text file: UTF-8, or UTF-16 with its mark. Throws `invalid`. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
  } catch {
    throw invalid('This file is not UTF-8 text. Save it with the encoding UTF-8, then send it again.')
  }
}

/** A byte order mark says so; without one it is UTF-8. */
function encodingOf([first, second]: Uint8Array): string {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8'
}

/** Throws `invalid`. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalid(`This is not JSON: ${(error as Error).message.slice(0, 200)}`)
  }
}

/** The lines of a text, whichever way they end. */
export const linesOf = (text: string): string[] => text.split(/\r\n|\n|\r/)
