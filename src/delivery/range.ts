import type { ByteRange } from '../core/storage.ts'

/** More of them in one request ask for work, not for audio. */
const mostRanges = 16

/**
 * The ranges that a `Range` header asks of `size` bytes (RFC 9110 §14.1.2): open, suffix and over-long ones are cut to what there is,
 * those beyond the end are left out. Undefined when the header is to be ignored: another unit, bad syntax, too many, or ones that
 * overlap, which would send more than there is (§14.2); `unsatisfiable` when all lie beyond the end.
 */
export function parseRanges(header: string, size: number): ByteRange[] | 'unsatisfiable' | undefined {
  const [, list] = /^bytes=(.*)$/is.exec(header) ?? []
  // Empty elements of a list mean nothing (RFC 9110 §5.6.1.2).
  const specs = list?.split(',').flatMap((spec) => spec.trim() || []) ?? []
  if (specs.length === 0 || specs.length > mostRanges) return undefined
  const ranges = specs.map((spec) => parseSpec(spec, size))
  if (ranges.includes(undefined)) return undefined
  const satisfiable = ranges.filter((range) => typeof range === 'object')
  if (satisfiable.length === 0) return 'unsatisfiable'
  return overlap(satisfiable) ? undefined : satisfiable
}

function parseSpec(spec: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^(\d*)-(\d*)$/.exec(spec) ?? []
  if (first === '' && last === '') return undefined
  if (first === '') return suffix(Number(last), size)
  const start = Number(first)
  const end = last === '' ? Number.POSITIVE_INFINITY : Number(last)
  if (end < start) return undefined
  if (start >= size) return 'unsatisfiable'
  return { start, end: Math.min(end, size - 1) }
}

function suffix(length: number, size: number): ByteRange | 'unsatisfiable' {
  if (length === 0 || size === 0) return 'unsatisfiable'
  return { start: Math.max(0, size - length), end: size - 1 }
}

function overlap(ranges: readonly ByteRange[]): boolean {
  const sorted = [...ranges].sort((one, other) => one.start - other.start)
  return sorted.some((range, index) => index > 0 && range.start <= (sorted[index - 1] as ByteRange).end)
}
