import { fileTypeFromBuffer } from 'file-type'
import type { Metadata } from 'sharp'
import { AppError, invalid } from '../core/errors.ts'

export type InspectedArtwork = Readonly<{
  type: 'image/jpeg' | 'image/png'
  extension: 'jpg' | 'png'
  /** Both sides, pixels. */
  size: number
}>

const smallest = 1400
const largest = 3000

/**
 * Checks a picture against Apple's rules for show and episode art (podcasters.apple.com/support/896): JPEG or PNG by its
 * bytes, square, 1400 to 3000 pixels, RGB, no transparency, and whole. Throws one `invalid` that names every rule broken.
 */
export async function inspectArtwork(bytes: Buffer): Promise<InspectedArtwork> {
  const { type, extension } = await recogniseArtwork(bytes)
  const metadata = await readHeader(bytes)
  const broken = brokenRules(metadata)
  if (broken.length > 0) throw invalid(broken.join(' '))
  await decodeWhole(bytes)
  return { type, extension, size: metadata.width }
}

async function recogniseArtwork(bytes: Buffer): Promise<Pick<InspectedArtwork, 'type' | 'extension'>> {
  if (bytes.length === 0) throw invalid('The artwork file is empty. Upload a JPEG or PNG picture.')
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (found?.mime === 'image/jpeg') return { type: found.mime, extension: 'jpg' }
  if (found?.mime === 'image/png') return { type: found.mime, extension: 'png' }
  const what = found ? `is ${found.ext.toUpperCase()}` : 'is of no known type'
  throw invalid(`Artwork must be JPEG or PNG; this file ${what}. Export the picture as JPEG or PNG.`)
}

/** The header alone: a picture of any size, however large, costs nothing here. */
async function readHeader(bytes: Buffer): Promise<Metadata> {
  const sharp = await loadSharp()
  return sharp(bytes, { limitInputPixels: false }).metadata().catch(refuseDamaged)
}

function brokenRules({ width, height, space, hasAlpha }: Metadata): string[] {
  const sides = `${width} × ${height} pixels`
  const outside = Math.min(width, height) < smallest || Math.max(width, height) > largest
  const isRgb = ['srgb', 'rgb', 'rgb16'].includes(space)
  const rules: [boolean, string][] = [
    [width !== height, `Artwork must be square; this picture has ${sides}. Crop it to a square.`],
    [
      outside,
      `Artwork must have ${smallest} × ${smallest} to ${largest} × ${largest} pixels; this picture has ${sides}. ` +
        `Resize it, best to ${largest} × ${largest}.`,
    ],
    [
      !isRgb,
      `Artwork must be in RGB colours; this picture is in ${colours[space] ?? space}. Convert it to RGB (sRGB).`,
    ],
    [
      hasAlpha,
      'Artwork must have no transparency; this picture has an alpha channel. Export it without, on a solid background.',
    ],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, message]) => message)
}

const colours: Readonly<Record<string, string>> = { cmyk: 'CMYK', 'b-w': 'greyscale', grey16: 'greyscale' }

/** A picture that was cut off has a good header. */
async function decodeWhole(bytes: Buffer): Promise<void> {
  const sharp = await loadSharp()
  await sharp(bytes, { limitInputPixels: largest * largest, failOn: 'error' })
    .raw()
    .toBuffer()
    .catch(refuseDamaged)
}

function refuseDamaged(cause: unknown): never {
  const message =
    'Artwork must be a whole picture; this one is damaged or was cut off on its way. Upload it again, or export it again.'
  throw new AppError('invalid', message, { cause })
}

/** Lazy, because libvips is large; one thread and no cache, because this runs beside encodes and requests. */
async function loadSharp() {
  const { default: sharp } = await import('sharp')
  sharp.concurrency(1)
  sharp.cache(false)
  return sharp
}
