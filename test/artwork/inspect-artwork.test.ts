import sharp from 'sharp'
import t from 'tap'
import { inspectArtwork } from '../../src/artwork/inspect-artwork.ts'
import { claimAnimation, claimSides, noise, plain } from '../fixtures/pictures.ts'

t.test('a picture by the rules passes, and nothing needs mending', async (t) => {
  t.strictSame(await inspectArtwork(await plain(1400).jpeg().toBuffer()), {
    type: 'image/jpeg',
    extension: 'jpg',
    size: 1400,
    mended: [],
  })
  t.strictSame(await inspectArtwork(await plain(3000).png().toBuffer()), {
    type: 'image/png',
    extension: 'png',
    size: 3000,
    mended: [],
  })
})

t.test('what will be mended is told', async (t) => {
  const cases: [string, Buffer, RegExp][] = [
    ['CMYK', await plain(1400).toColourspace('cmyk').jpeg().toBuffer(), /^Its CMYK colours were converted to RGB\.$/],
    ['grey', await plain(1400).toColourspace('b-w').jpeg().toBuffer(), /greyscale was converted/],
    ['turned', await plain(1400).withMetadata({ orientation: 6 }).jpeg().toBuffer(), /turned upright/],
    ['large', await plain(3001).jpeg().toBuffer(), /scaled down from 3001 × 3001 to 3000 × 3000 pixels/],
    ['WebP', await plain(1400).webp().toBuffer(), /from WebP to JPEG/],
  ]
  for (const [what, bytes, sentence] of cases) t.match((await inspectArtwork(bytes)).mended, [sentence], what)
})

t.test('each broken rule is named with the value of the picture', async (t) => {
  const small = await plain(1399).png().toBuffer()
  const frames = await sharp([small, await noise(1399).png({ compressionLevel: 1 }).toBuffer()], {
    join: { animated: true },
  })
    .webp()
    .toBuffer()
  const cases: [string, Buffer, RegExp][] = [
    ['small', await plain(1399).jpeg().toBuffer(), /at least 1400 × 1400 pixels; this picture has 1399 × 1399/],
    ['large', await plain(5001).png().toBuffer(), /at most 5000 × 5000 pixels; this picture has 5001 × 5001/],
    ['a bomb', claimSides(small, 60_000), /at most 5000 × 5000 pixels; this picture has 60000 × 60000/],
    ['oblong', await plain(1600, 1500).jpeg().toBuffer(), /must be square; this picture has 1600 × 1500/],
    ['animated PNG', claimAnimation(await plain(1400).png().toBuffer()), /this file is animated/],
    ['animated WebP', frames, /this file is animated/],
    ['GIF', await plain(1400).gif().toBuffer(), /must be JPEG, PNG or WebP; this file is GIF/],
    ['AVIF', await plain(64).avif({ effort: 0 }).toBuffer(), /this file is AVIF/],
    [
      'SVG',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1400" height="1400"/>'),
      /must be JPEG, PNG or WebP/,
    ],
    ['empty', Buffer.alloc(0), /empty/],
    ['a header alone', small.subarray(0, 20), /damaged or was cut off/],
  ]
  for (const [what, bytes, message] of cases) {
    await t.rejects(inspectArtwork(bytes), { name: 'AppError', code: 'invalid', message }, what)
  }
})

t.test('all broken rules are named at once', async (t) => {
  const bytes = await plain(800, 600).png().toBuffer()
  await t.rejects(inspectArtwork(bytes), { message: /square.*at least 1400 × 1400/ })
})
