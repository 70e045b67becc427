import { decodeArtwork, openPicture, type Picture } from './decode-artwork.ts'
import { fitFeedJpeg, fitJpeg } from './fit-jpeg.ts'
import { type InspectedArtwork, inspectArtwork } from './inspect-artwork.ts'

export type RenderedFile = Readonly<{
  /** Both sides, pixels. */
  size: number
  type: 'image/jpeg' | 'image/webp'
  extension: 'jpg' | 'webp'
  bytes: Buffer
}>

export type RenderedArtwork = Readonly<{
  original: InspectedArtwork
  /** Largest first; each size as JPEG and as WebP. */
  files: readonly RenderedFile[]
  /** Sentences about what was changed, so that the picture keeps Apple's rules. */
  mended: readonly string[]
}>

/** For pages, tags and lists. What is larger is the picture's own size, at most 3000. */
const smallerSizes = [1400, 600, 300]

/** The largest JPEG goes to directories: they ask for at most 512 KB, 1400 to 3000 pixels. */
const mostFeedBytes = 512 * 1024

/** The one of 600 pixels goes into every audio file. */
const mostTagBytes = 300 * 1024

const webpQuality = 80

/**
 * A picture in every size and form that it is served in, none larger than itself. The same bytes give the same files. Takes two or
 * three seconds for the worst, and up to 300 MB, which libvips keeps: see `renderApart`.
 * Throws `invalid` that names the rules which the picture breaks and that cannot be mended.
 */
export async function renderArtwork(bytes: Buffer): Promise<RenderedArtwork> {
  const original = await inspectArtwork(bytes)
  const picture = await decodeArtwork(bytes, original)
  return { original, files: await renderFiles(picture), mended: picture.mended }
}

async function renderFiles(picture: Picture): Promise<RenderedFile[]> {
  const largest = await fitFeedJpeg(picture, mostFeedBytes)
  const files = [jpegFile(largest), await webpFile(picture, largest.size)]
  for (const size of smallerSizes.filter((size) => size < largest.size)) {
    const mostBytes = size > 600 ? mostFeedBytes : mostTagBytes
    files.push(jpegFile(await fitJpeg(picture, size, mostBytes)), await webpFile(picture, size))
  }
  return files
}

const jpegFile = (jpeg: Readonly<{ size: number; bytes: Buffer }>): RenderedFile => ({
  ...jpeg,
  type: 'image/jpeg',
  extension: 'jpg',
})

async function webpFile(picture: Picture, size: number): Promise<RenderedFile> {
  const bytes = await openPicture(picture).resize(size).webp({ quality: webpQuality, effort: 2 }).toBuffer()
  return { size, type: 'image/webp', extension: 'webp', bytes }
}
