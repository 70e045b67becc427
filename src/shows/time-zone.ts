/** Whether that is the name of a time zone (IANA), like `Europe/Berlin` or `UTC`; a difference in hours is none. */
export function isTimeZone(text: string): boolean {
  if (!/^[a-z]/i.test(text)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }) !== undefined
  } catch {
    return false
  }
}
