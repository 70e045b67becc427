/**
 * Seconds from a clock time: `83.5`, `1:23`, `75:30`, `01:02:03.500`; a comma may stand before the fraction, as in SubRip.
 * Undefined when it is none. To the millisecond.
 */
export function tryParseTimecode(text: string): number | undefined {
  const clock = /^(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,9}))?$/.exec(text)
  if (!clock) return undefined
  const [, hours, minutes, seconds = '0', fraction = '0'] = clock
  if (minutes !== undefined && Number(seconds) >= 60) return undefined
  if (hours !== undefined && Number(minutes) >= 60) return undefined
  return toMillisecond(
    Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds) + Number(`0.${fraction}`),
  )
}

/** Seconds without what is below a millisecond. */
export const toMillisecond = (seconds: number): number => Math.round(seconds * 1000) / 1000

/** Seconds as `01:02:03.500`; SubRip has a comma for the point. */
export function formatTimecode(seconds: number, point: '.' | ',' = '.'): string {
  const milliseconds = Math.round(seconds * 1000)
  const [hours, minutes, rest] = split(Math.floor(milliseconds / 1000))
  return `${two(hours)}:${two(minutes)}:${two(rest)}${point}${String(milliseconds % 1000).padStart(3, '0')}`
}

/** Seconds as people write them: `1:02:03`, `2:03`. */
export function formatMoment(seconds: number): string {
  const [hours, minutes, rest] = split(Math.floor(seconds))
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

const split = (seconds: number) => [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60] as const

const two = (value: number) => String(value).padStart(2, '0')
