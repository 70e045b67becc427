const dayMs = 24 * 60 * 60 * 1000
const quarterHourMs = 15 * 60 * 1000

/** How many answers are remembered for one zone: a year of quarter hours. */
const mostRemembered = 35_040

const zones = new Map<string, { format: Intl.DateTimeFormat; days: Map<number, string> }>()

/**
 * The calendar day (`2026-11-26`) of an instant in a time zone (IANA name; null: UTC). Days of every zone begin at a quarter of
 * an hour of UTC, so that one answer serves for all instants of it. Throws RangeError for a zone that there is not.
 */
export function dayOf(at: number, timeZone: string | null): string {
  const zone = zoneOf(timeZone ?? 'UTC')
  const quarter = Math.floor(at / quarterHourMs)
  const known = zone.days.get(quarter)
  if (known !== undefined) return known
  if (zone.days.size >= mostRemembered) zone.days.clear()
  const day = zone.format.format(quarter * quarterHourMs)
  zone.days.set(quarter, day)
  return day
}

/** The calendar day so many days after another; before it with a negative number. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10)

/** How many days lie between two calendar days: 0 where they are the same. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs

function zoneOf(timeZone: string) {
  const known = zones.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const zone = { format, days: new Map<number, string>() }
  zones.set(timeZone, zone)
  return zone
}
