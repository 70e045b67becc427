import { readFile, stat } from 'node:fs/promises'
import sharp from 'sharp'
import t from 'tap'
import { defaultArtworkSizes } from '../../src/shows/artwork.ts'
import { openSite } from './station.ts'

const assets = 'src/site/assets'

t.test('the pages find what they name', async (t) => {
  const { get } = await openSite(t)
  const files: [string, RegExp][] = [
    ['/assets/site.css', /^text\/css/],
    ['/assets/favicon.svg', /^image\/svg\+xml/],
    ['/favicon.ico', /^image\/svg\+xml/],
    ['/assets/cover.jpg', /^image\/jpeg/],
    ...defaultArtworkSizes.flatMap((size): [string, RegExp][] => [
      [`/assets/cover/${size}.jpg`, /^image\/jpeg/],
      [`/assets/cover/${size}.webp`, /^image\/webp/],
    ]),
    ['/assets/tus.min.js', /javascript/],
    ['/assets/browser/player.js', /javascript/],
    ['/assets/browser/copy.js', /javascript/],
    ['/assets/browser/find.js', /javascript/],
  ]
  for (const [url, type] of files) {
    const answer = await get(url)
    t.equal(answer.status, 200, url)
    t.match(answer.headers['content-type'], type, url)
    t.equal(answer.headers['cache-control'], 'public, max-age=3600', url)
    t.equal((await get(url, { 'if-none-match': String(answer.headers.etag) })).status, 304, url)
  }
  t.equal((await get('/assets/cover.jpg')).headers['cross-origin-resource-policy'], 'cross-origin')
})

t.test('nothing else is given away', async (t) => {
  const { get } = await openSite(t)
  for (const url of [
    '/assets/browser/player.js.map',
    '/assets/browser/',
    '/assets/../routes.js',
    '/assets/%2e%2e/routes.js',
    '/assets/browser/..%2froutes.js',
    '/assets/none.css',
  ]) {
    t.equal((await get(url)).status, 404, url)
  }
})

t.test('scripts need nothing but each other', async (t) => {
  const { get } = await openSite(t)
  const seen = new Set(['player.js', 'copy.js', 'find.js'])
  for (const name of seen) {
    const { status, body } = await get(`/assets/browser/${name}`)
    t.equal(status, 200, name)
    for (const [, from = ''] of body.matchAll(/^import .* from ['"](.+)['"]/gm)) {
      t.match(from, /^\.\/[\w-]+\.js$/)
      seen.add(from.slice(2))
    }
  }
  t.ok(seen.size > 5)
})

t.test("the cover keeps Apple's rules, and the style sheet stays small", async (t) => {
  const { format, width, height, space, hasAlpha } = await sharp(`${assets}/cover/1400.jpg`).metadata()
  t.strictSame(
    { format, width, height, space, hasAlpha },
    { format: 'jpeg', width: 1400, height: 1400, space: 'srgb', hasAlpha: false },
  )
  t.ok((await stat(`${assets}/cover/1400.jpg`)).size < 60_000)
  const css = await readFile(`${assets}/site.css`, 'utf8')
  t.ok(Buffer.byteLength(css) < 20_000)
  t.notMatch(css, /@import|https?:/)
})
