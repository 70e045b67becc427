import fc from 'fast-check'
import t from 'tap'
import { isOurs, normalPath, parseFormerPath } from '../../src/shows/former-path.ts'
import { openStation } from '../station.ts'

t.test('all ways to write one path are one, and letters keep their case', async (t) => {
  const rows: [string, string][] = [
    ['/feed/podcast', '/feed/podcast'],
    ['/feed/podcast/', '/feed/podcast'],
    ['/feed//podcast//', '/feed//podcast'],
    ['/My-Show/RSS.xml', '/My-Show/RSS.xml'],
    ['/caf%c3%a9', '/caf%C3%A9'],
    ['/café', '/caf%C3%A9'],
    ['/%66eed%2dme', '/feed-me'],
    ['/a%2Fb', '/a%2Fb'],
    ['/a%2541', '/a%2541'],
    ['/a/../feed', '/feed'],
    ['/a/%2e%2E/feed', '/feed'],
    ['/100%', '/100%'],
    ['/😀', '/%F0%9F%98%80'],
  ]
  for (const [written, path] of rows) t.equal(parseFormerPath(written), path, written)
})

t.test('a normal path stays as it is, whatever it was made of', async () => {
  fc.assert(
    fc.property(fc.oneof(fc.webPath(), fc.string()), (text) => {
      const path = normalPath(`/${text.replace(/[?#]/g, '')}`)
      return normalPath(path || '/') === path && /^[!-~]*$/.test(path) && !path.endsWith('/')
    }),
  )
})

t.test('what would never answer is refused, with the rule', async (t) => {
  const rows: [string, RegExp][] = [
    ['', /must begin with \//],
    ['feed', /must begin with \//],
    ['https://example.com/feed', /must begin with \//],
    ['/feed?id=7', /no \? and no #/],
    ['/feed#top', /no \? and no #/],
    ['/my feed', /no spaces/],
    ['/feed\n', /no spaces/],
    ['/\u0000', /no control characters/],
    ['/feed\\x', /no backslashes/],
    ['/', /home page/],
    ['/./', /home page/],
    ['//host/feed', /one \//],
    ['/a/..', /home page/],
    [`/${'x'.repeat(500)}`, /at most 500 characters/],
    [`/${'é'.repeat(84)}`, /escapes counted/],
    ['/api/x', /must not begin with \/api/],
    ['/shows/other/feed.xml', /must not begin with \/shows/],
    ['/%61dmin', /must not begin with \/admin/],
    ['/x/../media/y', /must not begin with \/media/],
    ['/favicon.ico', /must not begin with \/favicon\.ico/],
  ]
  for (const [text, message] of rows) {
    t.throws(() => parseFormerPath(text), { code: 'invalid', message, details: { field: 'path' } }, text)
  }
  t.equal(parseFormerPath(`/${'x'.repeat(499)}`).length, 500)
  t.equal(parseFormerPath('/showsome/feed'), '/showsome/feed')
})

t.test('every address of this station is known as its own', async (t) => {
  const { web } = await openStation(t)
  const firsts = web
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => /^ {4}[├└]── ([^/ ]*)/.exec(line)?.[1] ?? [])
  t.ok(firsts.length > 8, firsts.join(' '))
  for (const first of firsts) t.ok(first === '*' || isOurs(`/${first}`), `/${first}`)
})
