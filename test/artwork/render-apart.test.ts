import t from 'tap'
import { renderApart } from '../../src/artwork/render-apart.ts'
import { renderArtwork } from '../../src/artwork/render-artwork.ts'
import { plain } from '../fixtures/pictures.ts'

t.test('a picture is rendered elsewhere as it would be here, and this process does not grow', async (t) => {
  const png = await plain(1500).png().toBuffer()
  const here = await renderArtwork(png)
  const before = process.memoryUsage().rss
  const [one, other] = await Promise.all([renderApart(png), renderApart(png)])
  t.strictSame(one, here)
  t.strictSame(other, here)
  t.ok(process.memoryUsage().rss - before < 30_000_000)
})

t.test('a broken rule comes back in its words, and the next picture is rendered', async (t) => {
  const small = await plain(300).png().toBuffer()
  await t.rejects(renderApart(small), { name: 'AppError', code: 'invalid', message: /at least 1400/ })
  const cutOff = (await plain(1400).jpeg().toBuffer()).subarray(0, 4000)
  await t.rejects(renderApart(cutOff), { code: 'invalid', message: /cut off/ })
  const { original } = await renderApart(await plain(1400).jpeg().toBuffer())
  t.equal(original.size, 1400)
})
