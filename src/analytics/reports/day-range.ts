import { setImmediate } from 'node:timers/promises'
import { invalid } from '../../core/errors.ts'
import { addDays, dayOf, daysBetween } from '../day.ts'

/** The days that a report is about, both included, like `2026-11-26`. */
export type DayRange = Readonly<{ from: string; to: string }>

const usualDays = 30
const mostDays = 3_660

/** What one question to the database is about: on SQLite the thread stands still until it is answered. */
const daysAtOnce = 14

/**
 * The days that are asked for: the last thirty until `now` (epoch ms) where nothing is said. Throws `invalid` for what is no day,
 * for an end before the beginning, and for more than ten years.
 */
export function parseDayRange(
  asked: Readonly<{ from?: string; to?: string }>,
  timeZone: string | null,
  now: number,
): DayRange {
  const today = dayOf(now, timeZone)
  const to = parseDay('to', asked.to) ?? latest(today, parseDay('from', asked.from))
  const from = parseDay('from', asked.from) ?? addDays(to, 1 - usualDays)
  if (from > to) throw invalid(`“from” (${from}) is after “to” (${to}). Turn them round.`, 'from')
  if (daysBetween(from, to) >= mostDays)
    throw invalid('A report can be about ten years at most: ask for fewer days.', 'from')
  return { from, to }
}

/** All days of it, one by one. */
export const daysOf = ({ from, to }: DayRange): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index))

/** The same days in parts that are asked for one after the other, so that meanwhile others are served. */
export async function* inParts({ from, to }: DayRange): AsyncGenerator<DayRange> {
  for (let start = from; start <= to; start = addDays(start, daysAtOnce)) {
    const end = addDays(start, daysAtOnce - 1)
    yield { from: start, to: end < to ? end : to }
    await setImmediate()
  }
}

function parseDay(field: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
  if (!isDay) throw invalid(`“${text}” is not a day. Write it like 2026-11-30.`, field)
  return text
}

/** A day that is still to come has no downloads yet, but may be asked for. */
const latest = (today: string, from = today) => (from > today ? from : today)
