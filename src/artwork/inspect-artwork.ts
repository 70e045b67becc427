import { fileTypeFromBuffer } from 'file-type'
import type { Metadata } from 'sharp'
import { AppError, invalid } from '../core/errors.ts'
import { sharp } from './sharp.ts'

export type InspectedArtwork = Readonly<{
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  extension: 'jpg' | 'png' | 'webp'
  /** Both sides, pixels. */
  size: number
  /** Sentences about what will be changed, so that it keeps Apple's rules. */
  mended: readonly string[]
}>

/** What Apple wants to be served, pixels on both sides. */
export const smallestServed = 1400
export const largestServed = 3000

/** What is taken and scaled down, pixels: decoded it stays below 200 MB, whatever its depth. */
export const largestTaken = 5000

/**
 * Checks a picture's header against what Apple's rules for show and episode art
 * (https://podcasters.apple.com/support/896) leave no choice about: JPEG or PNG by its bytes (WebP is taken too, and served
 * as JPEG), not animated, square, large enough. Costs nothing, however large the picture claims to be.
 * Throws one `invalid` that names every rule broken.
 */
export async function inspectArtwork(bytes: Buffer): Promise<InspectedArtwork> {
  const recognised = await recogniseArtwork(bytes)
  const metadata = await sharp(bytes, { limitInputPixels: false }).metadata().catch(refuseDamaged)
  const broken = brokenRules(metadata)
  if (broken.length > 0) throw invalid(broken.join(' '))
  return { ...recognised, size: metadata.width, mended: mendedFaults(recognised.type, metadata) }
}

/** A picture that was cut off has a good header: this is for who decodes it, too. */
export function refuseDamaged(cause: unknown): never {
  const message =
    'Artwork must be a whole picture; this one is damaged or was cut off on its way. Upload it again, or export it again.'
  throw new AppError('invalid', message, { cause })
}

async function recogniseArtwork(bytes: Buffer): Promise<Pick<InspectedArtwork, 'type' | 'extension'>> {
  if (bytes.length === 0) throw invalid('The artwork file is empty. Upload a JPEG, PNG or WebP picture.')
  const found = await fileTypeFromBuffer(bytes).catch(() => undefined)
  if (found?.mime === 'image/jpeg') return { type: found.mime, extension: 'jpg' }
  if (found?.mime === 'image/png') return { type: found.mime, extension: 'png' }
  if (found?.mime === 'image/webp') return { type: found.mime, extension: 'webp' }
  if (found?.mime === 'image/apng') throw invalid(animated)
  const what = found ? `is ${found.ext.toUpperCase()}` : 'is of no known type'
  throw invalid(`Artwork must be JPEG, PNG or WebP; this file ${what}. Export the picture as JPEG or PNG.`)
}

const animated = 'Artwork must be one picture; this file is animated. Export a single frame as JPEG or PNG.'

function brokenRules({ width, height, pages = 1 }: Metadata): string[] {
  const sides = `${width} × ${height} pixels`
  const rules: [boolean, string][] = [
    [pages > 1, animated],
    [width !== height, `Artwork must be square; this picture has ${sides}. Crop it to a square.`],
    [
      Math.min(width, height) < smallestServed,
      `Artwork must have at least ${smallestServed} × ${smallestServed} pixels; this picture has ${sides}. ` +
        `Export it larger, best with ${largestServed} × ${largestServed}.`,
    ],
    [
      Math.max(width, height) > largestTaken,
      `Artwork may have at most ${largestTaken} × ${largestTaken} pixels; this picture has ${sides}. ` +
        `Resize it, best to ${largestServed} × ${largestServed}.`,
    ],
  ]
  return rules.filter(([isBroken]) => isBroken).map(([, message]) => message)
}

function mendedFaults(type: string, { width, space, orientation = 1 }: Metadata): string[] {
  const faults: [boolean, string][] = [
    [type === 'image/webp', 'It was converted from WebP to JPEG.'],
    [space === 'cmyk', 'Its CMYK colours were converted to RGB.'],
    [space === 'b-w' || space === 'grey16', 'Its greyscale was converted to RGB.'],
    [orientation > 1, 'It was turned upright, as its camera had noted.'],
    [
      width > largestServed,
      `It was scaled down from ${width} × ${width} to ${largestServed} × ${largestServed} pixels.`,
    ],
  ]
  return faults.filter(([isThere]) => isThere).map(([, sentence]) => sentence)
}
