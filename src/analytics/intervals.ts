/** Bytes of a file: the first, and the first after. */
export type Interval = readonly [start: number, end: number]

/** How many pieces of one file are remembered: a player makes tens, so more than this are the work of a machine. */
export const mostIntervals = 1_000

/**
 * Both together, in order and without overlap (IAB 2.3 §5.5.2: ranges are reassembled, not summed). `intervals` is such a list
 * already and is given back itself when `more` adds nothing; `more` may be in any order. Pieces beyond `mostIntervals` are
 * left out.
 */
export function union(intervals: readonly Interval[], more: readonly Interval[]): readonly Interval[] {
  let joined = intervals
  for (const interval of more) joined = add(joined, interval)
  return joined
}

/** How many bytes a union holds. */
export function coveredBytes(intervals: readonly Interval[]): number {
  let covered = 0
  for (const [start, end] of intervals) covered += end - start
  return covered
}

function add(intervals: readonly Interval[], interval: Interval): readonly Interval[] {
  let start = interval[0]
  let end = interval[1]
  if (end <= start) return intervals
  const from = firstThatEndsAt(intervals, start)
  let to = from
  for (let each = intervals[to]; each !== undefined && each[0] <= end; each = intervals[++to]) {
    if (each[0] <= start && each[1] >= end) return intervals
    start = Math.min(start, each[0])
    end = Math.max(end, each[1])
  }
  if (from === to && intervals.length >= mostIntervals) return intervals
  if (to - from === intervals.length) return [[start, end]]
  return intervals.toSpliced(from, to - from, [start, end])
}

/** The index of the first interval that ends at that byte or after it. */
function firstThatEndsAt(intervals: readonly Interval[], byte: number): number {
  let low = 0
  let high = intervals.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((intervals[middle] as Interval)[1] < byte) low = middle + 1
    else high = middle
  }
  return low
}
