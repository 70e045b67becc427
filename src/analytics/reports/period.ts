import { invalid } from '../../core/errors.ts'
import { addDays, daysBetween } from '../day.ts'

/** Calendar days like `2026-11-26`, both inclusive. */
export type Period = Readonly<{ from: string; to: string }>

const usualDays = 30
const mostDays = 3_660

/**
 * The days that somebody asks for: the last 30 when nothing is said, as many up to `to` when that alone is. `today` is the show's.
 * Throws `invalid` that names the field.
 */
export function parsePeriod({ from, to }: Readonly<{ from?: string; to?: string }>, today: string): Period {
  const end = to === undefined ? today : parseDay(to, 'to')
  const start = from === undefined ? addDays(end, 1 - usualDays) : parseDay(from, 'from')
  if (start > end) throw invalid(`The period ends (${end}) before it begins (${start}). Swap from and to.`, 'from')
  if (daysBetween(start, end) >= mostDays) {
    throw invalid(`A report has ${mostDays} days at most, about ten years. Ask for a part of them.`, 'from')
  }
  return { from: start, to: end }
}

/** Every day of it, in order. */
export const daysOf = ({ from, to }: Period): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index))

function parseDay(text: string, field: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
  if (!isDay) throw invalid(`“${text}” is not a day. Write it like 2026-11-26.`, field)
  return text
}
