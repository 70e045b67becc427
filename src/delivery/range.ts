import type { ByteRange } from '../core/storage.ts'

/**
 * The one range that a `Range` header asks of `size` bytes (RFC 9110 §14.1.2): open, suffix and over-long ranges are cut to
 * what there is. Undefined when the header is to be ignored (another unit, bad syntax, or several ranges: the whole is a legal
 * answer to those); `unsatisfiable` when it lies beyond the end.
 */
export function parseRange(header: string, size: number): ByteRange | 'unsatisfiable' | undefined {
  const [, first = '', last = ''] = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header) ?? []
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
