import { createHash } from 'node:crypto'
import sharp, { type Sharp } from 'sharp'
import t, { type Test } from 'tap'
import { type RenderedFile, renderArtwork } from '../../src/artwork/render-artwork.ts'
import { noise, plain } from '../fixtures/pictures.ts'

const kib = 1024

const sizesOf = (files: readonly RenderedFile[], type: string) =>
  files.filter((file) => file.type === type).map(({ size }) => size)

const jpegOf = (files: readonly RenderedFile[], size: number) => {
  const found = files.find((file) => file.size === size && file.type === 'image/jpeg')
  if (!found) throw new Error(`there is no JPEG of ${size} pixels`)
  return found.bytes
}

/** The colour of one pixel, as three numbers. */
const pixel = async (bytes: Buffer, left: number, top: number) => [
  ...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
]

function isNear(t: Test, found: readonly number[], wanted: readonly number[], name: string, most = 12): void {
  const distance = Math.max(...wanted.map((value, index) => Math.abs(value - (found[index] ?? -1000))))
  t.ok(distance <= most && found.length === wanted.length, `${name}: ${found} is about ${wanted}`)
}

t.test('each size is there as JPEG and as WebP, none larger than the picture', async (t) => {
  const cases: [number, number[]][] = [
    [1400, [1400, 600, 300]],
    [1500, [1500, 1400, 600, 300]],
    [4000, [3000, 1400, 600, 300]],
  ]
  for (const [size, sizes] of cases) {
    const { files, original } = await renderArtwork(await plain(size).png().toBuffer())
    t.equal(original.size, size)
    t.strictSame(sizesOf(files, 'image/jpeg'), sizes, `JPEG of ${size}`)
    t.strictSame(sizesOf(files, 'image/webp'), sizes, `WebP of ${size}`)
    for (const { bytes, size, type, extension } of files) {
      const { format, width, height, space, hasAlpha, hasProfile, isProgressive, exif } = await sharp(bytes).metadata()
      const expected = { width: size, height: size, space: 'srgb', hasAlpha: false, hasProfile: false, exif: undefined }
      t.match({ width, height, space, hasAlpha, hasProfile, exif }, expected)
      t.equal(`image/${format}`, type)
      t.equal(extension, type === 'image/jpeg' ? 'jpg' : 'webp')
      t.notOk(isProgressive && format === 'jpeg', 'car stereos show no progressive JPEG')
    }
  }
})

t.test('what breaks a rule that can be mended is mended', async (t) => {
  const orange = [200, 90, 30]
  const clear = {
    create: { width: 1400, height: 1400, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
  } as const
  const logo = (colour: string) =>
    sharp(clear).composite([{ input: { create: { width: 400, height: 400, channels: 3, background: colour } } }])
  const cases: [string, Sharp, number[], RegExp[]][] = [
    // Ink has no such orange: this is the nearest.
    ['CMYK', plain(1400).toColourspace('cmyk').jpeg(), [200, 88, 4], [/CMYK/]],
    ['greyscale', plain(1400).toColourspace('b-w').png(), [116, 116, 116], [/greyscale/]],
    ['16 bits', plain(1400).toColourspace('rgb16').png(), orange, []],
    ['16 bits of grey', plain(1400).toColourspace('grey16').png(), [116, 116, 116], [/greyscale/]],
    ['Display P3', plain(1400).withIccProfile('p3').png(), orange, []],
    ['half transparent', plain(1400, 1400, 4).png(), [228, 173, 143], [/^Transparency was flattened onto white\.$/]],
    ['palette', plain(1400, 1400, 4).png({ palette: true }), [228, 173, 143], [/onto white/]],
    ['a dark logo', logo('navy').png(), [255, 255, 255], [/onto white/]],
    ['a white logo', logo('white').png(), [0, 0, 0], [/onto black/]],
    ['opaque alpha', plain(1400).ensureAlpha().png(), orange, []],
    ['WebP', plain(1400).webp(), orange, [/WebP/]],
  ]
  for (const [name, picture, colour, sentences] of cases) {
    const { files, mended } = await renderArtwork(await picture.toBuffer())
    isNear(t, await pixel(jpegOf(files, 600), 5, 5), colour, name)
    t.match(mended, sentences, name)
    t.equal(mended.length, sentences.length, name)
  }
})

t.test('a picture is turned upright and tells nothing of its camera', async (t) => {
  const mark = { create: { width: 500, height: 500, channels: 3, background: 'blue' } } as const
  const taken = plain(1400)
    .composite([{ input: mark, left: 0, top: 0 }])
    .withExif({ IFD0: { Copyright: 'somebody' } })
    .withMetadata({ orientation: 6 })
  const { files, mended } = await renderArtwork(await taken.jpeg().toBuffer())
  isNear(t, await pixel(jpegOf(files, 600), 590, 5), [0, 0, 255], 'the upper left corner is on the right now')
  isNear(t, await pixel(jpegOf(files, 600), 5, 5), [200, 90, 30], 'and another one on the left')
  t.match(mended, [/upright/])
})

t.test('the worst picture still fits into a feed and into tags, and the same bytes give the same files', async (t) => {
  const bytes = await noise(2000).png({ compressionLevel: 1 }).toBuffer()
  const { files } = await renderArtwork(bytes)
  const [largest = 0, ...smaller] = sizesOf(files, 'image/jpeg')
  t.ok(largest >= 1400 && largest < 2000, `the feed's has ${largest} pixels`)
  t.ok(jpegOf(files, largest).length <= 512 * kib)
  t.strictSame(
    smaller,
    [1400, 600, 300].filter((size) => size < largest),
  )
  t.ok(jpegOf(files, 600).length <= 300 * kib)
  const hashes = (rendered: readonly RenderedFile[]) =>
    rendered.map((file) => createHash('sha256').update(file.bytes).digest('hex'))
  t.strictSame(hashes((await renderArtwork(bytes)).files), hashes(files))
})

t.test('a picture that was cut off is refused, and the next one is taken', async (t) => {
  const whole = await noise(1400).png({ compressionLevel: 1 }).toBuffer()
  for (const bytes of [whole, await sharp(whole).jpeg().toBuffer(), await sharp(whole).webp().toBuffer()]) {
    for (const part of [0.98, 0.3]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * part))
      await t.rejects(renderArtwork(cut), { code: 'invalid', message: /damaged or was cut off/ })
    }
  }
  t.equal((await renderArtwork(await plain(1400).jpeg().toBuffer())).files.length, 6)
})
