type Limits = Readonly<{
  /** From now to the end. */
  limitSeconds: number
  /** From one step forward to the next; the same unless told. */
  stallSeconds?: number
}>

/** Watches over something that runs: `signal` aborts, with what happened, when it takes too long as a whole or stands still. */
export type Watch = Readonly<{
  signal: AbortSignal
  /** Tells how far it is, in whatever unit. */
  saw(position: number): void
  end(): void
}>

/** An `AbortSignal.timeout` that only `AbortSignal.any` knows is collected as garbage before its time; this signal is not. */
export function watchRun({ limitSeconds, stallSeconds = limitSeconds }: Limits): Watch {
  const late = new AbortController()
  const giveUp = (words: string) => late.abort(new Error(words))
  const limit = setTimeout(giveUp, limitSeconds * 1000, `it ran for more than ${limitSeconds} s`)
  const stall = setTimeout(giveUp, stallSeconds * 1000, `it stood still for ${stallSeconds} s`)
  let furthest = Number.NEGATIVE_INFINITY
  return {
    signal: late.signal,
    saw(position) {
      if (position <= furthest) return
      furthest = position
      stall.refresh()
    },
    end() {
      clearTimeout(limit)
      clearTimeout(stall)
    },
  }
}
