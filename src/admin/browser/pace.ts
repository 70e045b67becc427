type Sample = Readonly<{ at: number; bytes: number }>

const windowMs = 6_000
const enoughMs = 800

/** The speed of the last seconds, so that time left follows the line and does not jump with each chunk. */
export function createPace() {
  let samples: Sample[] = []
  return {
    /** `bytes` sent in all at that moment (ms). Going back means that sending began anew. */
    add(bytes: number, at: number): void {
      const last = samples.at(-1)
      if (last && bytes < last.bytes) samples = []
      samples = [...samples.filter((sample) => at - sample.at <= windowMs), { at, bytes }]
    },
    /** Undefined until there is enough to go by, and while nothing moves. */
    bytesPerSecond(): number | undefined {
      const [first, last] = [samples[0], samples.at(-1)]
      if (!first || !last || last.at - first.at < enoughMs || last.bytes === first.bytes) return undefined
      return ((last.bytes - first.bytes) * 1000) / (last.at - first.at)
    },
  }
}
