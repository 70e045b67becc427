import { openPicture, type Picture } from './decode-artwork.ts'
import { smallestServed } from './inspect-artwork.ts'

export type Jpeg = Readonly<{ size: number; bytes: Buffer }>

type Step = Readonly<{ size: number; quality: number }>

const good = [90, 85, 80, 75, 70, 65, 60, 55, 50]
const meagre = [40, 30, 20, 10]

/** The best JPEG of a picture that has at most that many bytes: first its quality is lowered, then its size, down to 1400 pixels. */
export const fitFeedJpeg = (picture: Picture, mostBytes: number): Promise<Jpeg> =>
  fit(picture, feedSteps(picture.size), mostBytes)

/** The best JPEG of that size that has at most that many bytes. */
export const fitJpeg = (picture: Picture, size: number, mostBytes: number): Promise<Jpeg> =>
  fit(picture, steps([size], [...good.slice(1), ...meagre]), mostBytes)

/** Each step makes a smaller file than the one before it. */
function feedSteps(whole: number): Step[] {
  const smaller = [2400, 1900, smallestServed].filter((size) => size < whole * 0.9)
  return [...steps([whole], good), ...steps(smaller, [60, 50]), ...steps([smallestServed], meagre)]
}

const steps = (sizes: readonly number[], qualities: readonly number[]): Step[] =>
  sizes.flatMap((size) => qualities.map((quality) => ({ size, quality })))

/** The first step that fits, by halving; the last one where none does. Most pictures fit at the first try. */
async function fit(picture: Picture, ladder: readonly Step[], mostBytes: number): Promise<Jpeg> {
  let [low, high] = [0, ladder.length - 1]
  let best: Jpeg | undefined
  for (let middle = 0; low < high; middle = Math.floor((low + high) / 2)) {
    const jpeg = await encode(picture, ladder[middle] as Step)
    const fits = jpeg.bytes.length <= mostBytes
    if (fits) [high, best] = [middle, jpeg]
    else low = middle + 1
  }
  return best ?? encode(picture, ladder[high] as Step)
}

/** Baseline: car stereos and old players show no progressive cover. */
async function encode(picture: Picture, { size, quality }: Step): Promise<Jpeg> {
  const bytes = await openPicture(picture).resize(size).jpeg({ quality }).toBuffer()
  return { size, bytes }
}
