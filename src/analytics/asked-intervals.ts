import type { Interval } from './intervals.ts'

/**
 * What a `Range` header asks of `bytes` bytes, in its own order (RFC 9110 §14.1.2): open, suffix and over-long ranges are cut
 * to what there is, and those that lie beyond the end are left out. Undefined where the header cannot be understood.
 */
export function askedIntervals(header: string, bytes: number): Interval[] | undefined {
  const one = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header)
  if (one) return intervalsOf(one[1] as string, one[2] as string, bytes)
  // Empty elements of a list mean nothing (RFC 9110 §5.6.1.2).
  const specs = /^bytes=(.*,.*)$/i
    .exec(header)?.[1]
    ?.split(',')
    .filter((spec) => spec.trim() !== '')
  if (!specs?.length) return undefined
  const asked: Interval[] = []
  for (const spec of specs) {
    const each = /^[ \t]*(\d*)-(\d*)[ \t]*$/.exec(spec)
    const intervals = each && intervalsOf(each[1] as string, each[2] as string, bytes)
    if (!intervals) return undefined
    asked.push(...intervals)
  }
  return asked
}

/** None where it lies beyond the end, undefined where it is none. */
function intervalsOf(first: string, last: string, bytes: number): Interval[] | undefined {
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first)
  const end = first === '' || last === '' ? bytes : Math.min(Number(last) + 1, bytes)
  if (first !== '' && last !== '' && Number(last) < start) return undefined
  return start < end ? [[start, end]] : []
}
