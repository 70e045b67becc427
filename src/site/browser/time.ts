/** Seconds as a clock: `1:23`, `1:02:03`. What is no length of time is `0:00`. */
export function formatClock(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  const rest = String(whole % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

/** Seconds in words, for a screen reader: `1 minute 23 seconds`. */
export function spokenTime(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0
  const parts = [
    [Math.floor(whole / 3600), 'hour'],
    [Math.floor((whole % 3600) / 60), 'minute'],
    [whole % 60, 'second'],
  ] as const
  const spoken = parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`)
  return spoken.join(' ') || '0 seconds'
}

/** Seconds from `83`, `83.5`, `1:23`, `1:02:03` or `1h2m3s`; undefined when it is none of these. */
export function tryParseTime(text: string): number | undefined {
  const clock = /^(?:(?:(\d{1,4}):)?([0-5]?\d):)?(\d{1,6}(?:\.\d{1,9})?)$/.exec(text)
  if (clock) {
    const [, hours, minutes, seconds = '0'] = clock
    if (minutes !== undefined && Number(seconds) >= 60) return undefined
    return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds)
  }
  const spelled = /^(?=\d)(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s)?$/.exec(text)
  if (!spelled) return undefined
  const [hours = 0, minutes = 0, seconds = 0] = spelled.slice(1).map((part) => Number(part ?? 0))
  return hours * 3600 + minutes * 60 + seconds
}

/** Where a link wants to start: `#t=1:23` (W3C Media Fragments: `t=npt:83,90` too), else `?t=83`; undefined: it does not say. */
export function startOf({ hash, search }: Readonly<{ hash: string; search: string }>): number | undefined {
  const wanted = new URLSearchParams(hash.replace(/^#/, '')).get('t') ?? new URLSearchParams(search).get('t')
  const [start = ''] = (wanted ?? '').replace(/^npt:/, '').split(',')
  return tryParseTime(start)
}

export type TimeInText = Readonly<{ index: number; text: string; seconds: number }>

/** The clock times in a text, like 12:34 or 1:02:03, with their places. */
export function findTimes(text: string): TimeInText[] {
  const times = text.matchAll(/(?<![\d:.,])(?:\d{1,2}:)?[0-5]?\d:[0-5]\d(?![\d:]|[.,]\d)/g)
  return [...times].map(({ index, 0: clock }) => ({ index, text: clock, seconds: tryParseTime(clock) ?? 0 }))
}
