import sharp, { type Sharp } from 'sharp'
import t from 'tap'
import { inspectArtwork } from '../../src/artwork/inspect-artwork.ts'

const picture = (width: number, height = width, channels: 3 | 4 = 3): Sharp =>
  sharp({ create: { width, height, channels, background: { r: 200, g: 90, b: 30, alpha: 0.5 } } })

t.test('a picture by the rules passes', async (t) => {
  t.strictSame(await inspectArtwork(await picture(1400).jpeg().toBuffer()), {
    type: 'image/jpeg',
    extension: 'jpg',
    size: 1400,
  })
  t.strictSame(await inspectArtwork(await picture(3000).png().toBuffer()), {
    type: 'image/png',
    extension: 'png',
    size: 3000,
  })
})

t.test('each broken rule is named with the value of the picture', async (t) => {
  const cases: [string, Buffer, RegExp][] = [
    ['small', await picture(1399).jpeg().toBuffer(), /1400 × 1400 to 3000 × 3000 pixels; this picture has 1399 × 1399/],
    ['large', await picture(3001).jpeg().toBuffer(), /this picture has 3001 × 3001/],
    ['oblong', await picture(1600, 1500).jpeg().toBuffer(), /must be square; this picture has 1600 × 1500/],
    ['CMYK', await picture(1400).toColourspace('cmyk').jpeg().toBuffer(), /RGB colours; this picture is in CMYK/],
    ['grey', await picture(1400).toColourspace('b-w').jpeg().toBuffer(), /RGB colours; this picture is in greyscale/],
    ['transparent', await picture(1400, 1400, 4).png().toBuffer(), /alpha channel/],
    ['WebP', await picture(1400).webp().toBuffer(), /must be JPEG or PNG; this file is WEBP/],
    ['GIF', await picture(1400).gif().toBuffer(), /this file is GIF/],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="1400"/>'), /must be JPEG or PNG/],
    ['empty', Buffer.alloc(0), /empty/],
  ]
  for (const [what, bytes, message] of cases) {
    await t.rejects(inspectArtwork(bytes), { name: 'AppError', code: 'invalid', message }, what)
  }
})

t.test('all broken rules are named at once', async (t) => {
  const bytes = await picture(800, 600, 4).png().toBuffer()
  await t.rejects(inspectArtwork(bytes), { message: /square.*1400 × 1400 to 3000.*alpha channel/ })
})

t.test('a picture that was cut off is refused', async (t) => {
  const noise = sharp({
    create: {
      width: 1400,
      height: 1400,
      channels: 3,
      background: 'black',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  })
  for (const bytes of [
    await noise.clone().jpeg().toBuffer(),
    await noise.clone().png({ compressionLevel: 1 }).toBuffer(),
  ]) {
    for (const part of [0.98, 0.3]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * part))
      await t.rejects(inspectArtwork(cut), { code: 'invalid', message: /damaged or was cut off/ })
    }
    await t.rejects(inspectArtwork(bytes.subarray(0, 20)), { code: 'invalid' })
  }
})

t.test('a picture that claims to be enormous is refused by its header', async (t) => {
  const bytes = await picture(1400).png().toBuffer()
  bytes.writeUInt32BE(100_000, 16)
  bytes.writeUInt32BE(100_000, 20)
  await t.rejects(inspectArtwork(bytes), { code: 'invalid' })
})
