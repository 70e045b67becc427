/** What became of the lines of a log. */
export type LineTally = {
  lines: number
  /** Hits that are new. */
  taken: number
  /** Hits that had come before: the same log once more, or one that overlaps. */
  known: number
  /** Requests for other things than audio, and those that got no audio. */
  passedOver: number
  /** Of a time that the log of hits has forgotten. */
  tooOld: number
  notUnderstood: number
  /** The numbers of the first lines that were not understood, counted from 1. */
  firstNotUnderstood: number[]
}

const mostNamedLines = 5

export const emptyLineTally = (): LineTally => ({
  lines: 0,
  taken: 0,
  known: 0,
  passedOver: 0,
  tooOld: 0,
  notUnderstood: 0,
  firstNotUnderstood: [],
})

/** Notes that the line that was read last is not understood. */
export function noteNotUnderstood(tally: LineTally): void {
  tally.notUnderstood += 1
  if (tally.firstNotUnderstood.length < mostNamedLines) tally.firstNotUnderstood.push(tally.lines)
}

/** Both together; line numbers mean nothing there. */
export const addLineTallies = (one: LineTally, other: LineTally): LineTally => ({
  lines: one.lines + other.lines,
  taken: one.taken + other.taken,
  known: one.known + other.known,
  passedOver: one.passedOver + other.passedOver,
  tooOld: one.tooOld + other.tooOld,
  notUnderstood: one.notUnderstood + other.notUnderstood,
  firstNotUnderstood: [],
})
