/** A day in the show's language: `23 November 2026`. Days are UTC's, so that every listener reads the same. */
export const formatDay = (instant: string, language: string): string =>
  new Intl.DateTimeFormat([language, 'en-GB'], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(instant))

/** A length as people say it: `1 h 2 min`, `12 min`, `58 s`. */
export function formatLength(seconds: number): string {
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** An ISO 8601 duration: `PT83S`. */
export const isoDuration = (seconds: number): string => `PT${Math.round(seconds)}S`

/** Bytes in decimal units, as download managers show them: `12.3 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`
  const megabytes = bytes / 1_000_000
  return megabytes < 999.5 ? `${megabytes.toFixed(megabytes < 99.5 ? 1 : 0)} MB` : `${(megabytes / 1000).toFixed(1)} GB`
}
