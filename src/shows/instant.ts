import { invalid } from '../core/errors.ts'

/** Epoch milliseconds; undefined stays undefined. Throws `invalid` with the name of the field. */
export function parseInstant(text: string, field: string): number
export function parseInstant(text: string | undefined, field: string): number | undefined
export function parseInstant(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined
  const instant = Date.parse(text)
  if (Number.isNaN(instant)) throw invalid(`“${text}” is not a moment. Write it like 2026-12-24T18:00:00Z.`, field)
  return instant
}
