import { invalid } from '../core/errors.ts'

/** The years that a date in a feed can have (RFC 2822 §3.3), epoch ms. */
const earliest = Date.parse('1900-01-01T00:00:00Z')
const latest = Date.parse('9999-12-31T23:59:59.999Z')

/** Epoch milliseconds; undefined stays undefined. Throws `invalid` with the name of the field. */
export function parseInstant(text: string, field: string): number
export function parseInstant(text: string | undefined, field: string): number | undefined
export function parseInstant(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) throw invalid(`“${text}” is not a moment. Write it like 2026-12-24T18:00:00Z.`, field)
  if (instant < earliest || instant > latest) {
    throw invalid(`“${text}” is no date for a feed, which knows the years 1900 to 9999 (RFC 2822 §3.3).`, field)
  }
  return instant
}
