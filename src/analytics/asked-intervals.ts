import type { Interval } from './intervals.ts'

/**
 * What a `Range` header asks of `bytes` bytes, in its own order (RFC 9110 §14.1.2): open, suffix and over-long ranges are cut
 * to what there is, and those that lie beyond the end are left out. Undefined where the header cannot be understood.
 */
export function askedIntervals(header: string, bytes: number): Interval[] | undefined {
  const specs = /^bytes=(.*)$/i.exec(header)?.[1]?.split(',')
  if (!specs) return undefined
  const asked: Interval[] = []
  for (const spec of specs) {
    const interval = intervalOf(spec, bytes)
    if (!interval) return undefined
    if (interval[0] < interval[1]) asked.push(interval)
  }
  return asked
}

function intervalOf(spec: string, bytes: number): Interval | undefined {
  const [, first = '', last = ''] = /^[ \t]*(\d*)-(\d*)[ \t]*$/.exec(spec) ?? []
  if (first === '') return last === '' ? undefined : [Math.max(0, bytes - Number(last)), bytes]
  const start = Number(first)
  if (last === '') return [Math.min(start, bytes), bytes]
  if (Number(last) < start) return undefined
  return [Math.min(start, bytes), Math.min(Number(last) + 1, bytes)]
}
