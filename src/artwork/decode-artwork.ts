import type { Sharp } from 'sharp'
import { type InspectedArtwork, largestServed, largestTaken, refuseDamaged } from './inspect-artwork.ts'
import { sharp } from './sharp.ts'

/** A square of plain sRGB, 8 bits, without transparency: 3 bytes a pixel. */
export type Picture = Readonly<{
  pixels: Buffer
  /** Both sides, pixels: at most 3000. */
  size: number
  /** Sentences about what was changed on the way. */
  mended: readonly string[]
}>

/**
 * The whole picture as it is served: upright, scaled down where it is too large, in sRGB whatever its own colours and profile
 * were, and flattened. Throws `invalid` when it is damaged.
 */
export async function decodeArtwork(bytes: Buffer, { size, mended }: InspectedArtwork): Promise<Picture> {
  const { data, info } = await sharp(bytes, { limitInputPixels: largestTaken ** 2, failOn: 'error' })
    .autoOrient()
    .resize(Math.min(size, largestServed))
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true })
    .catch(refuseDamaged)
  const picture = { pixels: data, size: info.width, mended }
  return info.channels === 4 ? flatten(picture) : picture
}

/** The picture for more work, as often as is wanted. */
export const openPicture = ({ pixels, size }: Picture, channels: 3 | 4 = 3): Sharp =>
  sharp(pixels, { raw: { width: size, height: size, channels } })

/** Puts what has an alpha channel onto white, and what would be lost on white onto black: a white logo, say. */
async function flatten(picture: Picture): Promise<Picture> {
  const { isTransparent, isLight } = await lookAtVisiblePart(picture)
  const background = isTransparent && isLight ? 'black' : 'white'
  const pixels = await openPicture(picture, 4).flatten({ background }).raw().toBuffer()
  const sentences = isTransparent ? [`Transparency was flattened onto ${background}.`] : []
  return { ...picture, pixels, mended: [...picture.mended, ...sentences] }
}

/** Luma (ITU-R BT.601) from which on what is seen is lost on white. */
const lightFrom = 225

async function lookAtVisiblePart(picture: Picture): Promise<{ isTransparent: boolean; isLight: boolean }> {
  const small = await openPicture(picture, 4).resize(64).raw().toBuffer()
  let [opacity, light, least] = [0, 0, 255]
  for (let at = 0; at < small.length; at += 4) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = small.subarray(at, at + 4)
    opacity += alpha
    light += alpha * (0.299 * red + 0.587 * green + 0.114 * blue)
    least = Math.min(least, alpha)
  }
  return { isTransparent: least < 255, isLight: light > lightFrom * opacity }
}
