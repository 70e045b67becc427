const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Epoch milliseconds of `06/Feb/2019:00:00:38 +0000`, the time of the Common Log Format; NaN when it is none. */
export function parseLogTime(text: string): number {
  const match = /^(\d\d)\/(\w{3})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/.exec(text)
  if (!match) return Number.NaN
  const [, day, month, year, hours, minutes, seconds, sign, offsetHours, offsetMinutes] = match
  const monthIndex = months.indexOf(month as string)
  if (monthIndex === -1) return Number.NaN
  const local = Date.UTC(Number(year), monthIndex, Number(day), Number(hours), Number(minutes), Number(seconds))
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000
  return sign === '-' ? local + offset : local - offset
}

/**
 * Epoch milliseconds of an instant in seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size, or
 * in ISO 8601; NaN when it is none.
 */
export function parseInstant(text: string | undefined): number {
  if (!text) return Number.NaN
  if (!/^\d+(\.\d+)?$/.test(text)) return /^\d{4}-\d\d-\d\d[T ]/.test(text) ? Date.parse(text) : Number.NaN
  const value = Number(text)
  if (value < 1e11) return value * 1e3
  if (value < 1e14) return value
  return value < 1e17 ? value / 1e3 : value / 1e6
}
