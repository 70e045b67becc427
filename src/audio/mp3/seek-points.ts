/** Positions of frames, evenly spread over a stream of any length in bounded memory. */
export type SeekPoints = Readonly<{
  add(position: number): void
  /** Where the frame at that fraction (0 to 1) of the frames begins; between two points the bytes are spread evenly. */
  at(fraction: number): number
}>

const mostPoints = 1 << 16

export function createSeekPoints(): SeekPoints {
  let points: number[] = []
  let stride = 1
  let count = 0
  return {
    add(position) {
      if (count % stride === 0) points.push(position)
      count++
      if (points.length < mostPoints) return
      points = points.filter((_, index) => index % 2 === 0)
      stride *= 2
    },
    at(fraction) {
      const place = (fraction * count) / stride
      const [low, high] = [points[Math.floor(place)] ?? points.at(-1) ?? 0, points[Math.floor(place) + 1]]
      return high === undefined ? low : low + (high - low) * (place % 1)
    },
  }
}
