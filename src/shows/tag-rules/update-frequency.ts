import { invalid } from '../../core/errors.ts'
import type { UpdateFrequency } from '../feed-tags/update-frequency.ts'
import { tryParseRecurrence } from './recurrence.ts'

/** `podcast:updateFrequency`: its rule is one of RFC 5545, and one that counts says from when. */
export function checkUpdateFrequency({ rrule, startsAt }: UpdateFrequency, field: string): void {
  if (startsAt !== undefined && Number.isNaN(Date.parse(startsAt))) {
    throw invalid(`“${field}.startsAt” is not a moment. Write it like 2026-12-24T18:00:00Z.`, `${field}.startsAt`)
  }
  if (rrule === undefined) return
  const recurrence = tryParseRecurrence(rrule)
  if (typeof recurrence === 'string') {
    throw invalid(
      `${recurrence} Write the rule like FREQ=WEEKLY;BYDAY=MO (podcast:updateFrequency, RFC 5545 §3.3.10).`,
      `${field}.rrule`,
    )
  }
  if (recurrence.has('COUNT') && startsAt === undefined) {
    throw invalid(
      'A rule with COUNT needs “startsAt”: it counts from there (podcast:updateFrequency).',
      `${field}.startsAt`,
    )
  }
}
