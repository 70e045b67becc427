import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { coverProbeRules, probeCover } from '../../../../src/feeds/health/probe/probe-cover.ts'
import { feedProbeRules, probeFeed } from '../../../../src/feeds/health/probe/probe-feed.ts'
import { objections } from '../../../../src/feeds/health/rule.ts'
import { followOf } from '../../../fixtures/follow.ts'
import { standIn } from '../../../fixtures/stranger.ts'

type Changes = Readonly<{ body?: Buffer; headers?: Record<string, string>; knows304?: boolean; isPlain?: boolean }>

function serveFeed(
  request: IncomingMessage,
  response: ServerResponse,
  { body = Buffer.from('<rss/>'), headers = {}, knows304 = true, isPlain = false }: Changes = {},
): void {
  const isSame = request.headers['if-none-match'] === '"one"' || request.headers['if-modified-since'] !== undefined
  if (knows304 && isSame) return void response.writeHead(304).end()
  const coding: Record<string, string> = isPlain ? {} : { 'content-encoding': 'gzip' }
  response
    .writeHead(200, { 'content-type': 'application/rss+xml; charset=utf-8', etag: '"one"', ...coding, ...headers })
    .end(isPlain ? body : gzipSync(body))
}

async function rulesOfFeed(t: Test, answer: RequestListener) {
  const { origin } = await standIn(t, answer)
  const findings = objections(feedProbeRules, [await probeFeed(followOf(origin), `${origin}/feed.xml`)])
  return findings.map(({ rule }) => rule)
}

const feedWith =
  (changes: Changes): RequestListener =>
  (request, response) =>
    serveFeed(request, response, changes)

const rows: readonly [name: string, RequestListener, rules: string[]][] = [
  ['all is well', feedWith({}), []],
  [
    'a date instead of a tag',
    (request, response) => {
      response.setHeader('last-modified', 'Sun, 01 Mar 2026 12:00:00 GMT')
      if (request.headers['if-modified-since']) response.writeHead(304).end()
      else response.writeHead(200, { 'content-type': 'text/xml', 'content-encoding': 'gzip' }).end(gzipSync('<rss/>'))
    },
    [],
  ],
  [
    'a redirect',
    (request, response) =>
      request.url === '/feed.xml'
        ? response.writeHead(301, { location: '/there.xml' }).end()
        : serveFeed(request, response),
    ['http-feed-status'],
  ],
  ['a mistake', (_request, response) => response.writeHead(500).end(), ['http-feed-status']],
  ['a page', feedWith({ headers: { 'content-type': 'text/html' } }), ['http-feed-type']],
  ['never 304', feedWith({ knows304: false }), ['http-feed-not-modified']],
  ['not compressed', feedWith({ isPlain: true }), ['http-feed-gzip']],
  ['a megabyte', feedWith({ body: Buffer.alloc(1_000_000, 'x') }), []],
  ['more than a megabyte', feedWith({ body: Buffer.alloc(1_000_001, 'x') }), ['http-feed-size']],
  ['a bomb', feedWith({ body: Buffer.alloc(60_000_000) }), ['http-feed-size']],
]

t.test('each way to serve a feed wrongly is told, and no other', async (t) => {
  for (const [name, answer, rules] of rows) t.same(await rulesOfFeed(t, answer), rules, name)
})

t.test('a body that is not what its coding says does no harm', async (t) => {
  t.same(
    await rulesOfFeed(t, (request, response) => {
      if (request.headers['if-none-match']) response.writeHead(304).end()
      else {
        const headers = { 'content-type': 'text/xml', etag: '"one"', 'content-encoding': 'gzip' }
        response.writeHead(200, headers).end('no gzip at all')
      }
    }),
    [],
  )
})

t.test('a cover answers HEAD, as a picture', async (t) => {
  const answers: [RequestListener, string[]][] = [
    [(_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(), []],
    [(_request, response) => response.writeHead(405).end(), ['http-cover-head']],
    [(request) => request.socket.destroy(), ['http-cover-head']],
    [(_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(), ['http-cover-type']],
  ]
  for (const [answer, rules] of answers) {
    const { origin } = await standIn(t, answer)
    const findings = objections(coverProbeRules, [await probeCover(followOf(origin), `${origin}/cover.jpg`)])
    t.same(
      findings.map(({ rule }) => rule),
      rules,
    )
  }
})
