import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import t, { type Test } from 'tap'
import { enclosureProbeRules, probeEnclosure } from '../../../../src/feeds/health/probe/probe-enclosure.ts'
import { objections } from '../../../../src/feeds/health/rule.ts'
import { followOf } from '../../../fixtures/follow.ts'
import { standIn } from '../../../fixtures/stranger.ts'

const audio = Buffer.alloc(12_345, 'sound ')

type Headers = Record<string, string | number>

/** As it should be, but for what a test changes in the headers of HEAD or of the range. */
function serveWell(
  request: IncomingMessage,
  response: ServerResponse,
  { head = {}, range = {} }: Readonly<{ head?: Headers; range?: Headers }> = {},
): void {
  const common = { 'content-type': 'audio/mpeg', 'accept-ranges': 'bytes' }
  if (request.method === 'HEAD') {
    response.writeHead(200, without({ ...common, 'content-length': audio.length, ...head })).end()
  } else {
    const part = { 'content-length': 2, 'content-range': `bytes 0-1/${audio.length}` }
    response.writeHead(206, without({ ...common, ...part, ...range })).end(audio.subarray(0, 2))
  }
}

/** An empty header is one that is not sent. */
const without = (headers: Headers) => Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))

async function rulesBroken(t: Test, answer: RequestListener, eachMs?: number) {
  const { origin, asked } = await standIn(t, answer)
  const file = {
    url: `${origin}/audio/1/light.mp3`,
    bytes: audio.length,
    type: 'audio/mpeg',
    bitrateKbps: 128,
    sha384: undefined,
  }
  const findings = objections(enclosureProbeRules, [await probeEnclosure(followOf(origin, { eachMs }), file)], 'one')
  return { findings, asked, rules: findings.map(({ rule }) => rule) }
}

const redirectTo =
  (location: (request: IncomingMessage) => string): RequestListener =>
  (request, response) =>
    response.writeHead(302, { location: location(request) }).end()

/** Redirects that many times, then answers well. */
const redirectTimes =
  (times: number): RequestListener =>
  (request, response) => {
    const count = Number(new URL(request.url ?? '', 'http://x').searchParams.get('n') ?? 0)
    if (count === times) serveWell(request, response)
    else response.writeHead(302, { location: `/audio/1/light.mp3?n=${count + 1}` }).end()
  }

const onlyFor =
  (method: string, status: number): RequestListener =>
  (request, response) =>
    request.method === method ? response.writeHead(status).end() : serveWell(request, response)

const rows: readonly [name: string, RequestListener, rules: string[], words?: RegExp][] = [
  ['all is well', (request, response) => serveWell(request, response), []],
  ['five redirects', redirectTimes(5), []],
  ['six redirects', redirectTimes(6), ['http-audio-answers'], /more than 5 times/],
  ['a redirect in a circle', redirectTo(() => '/audio/1/light.mp3'), ['http-audio-answers'], /more than 5 times/],
  ['a redirect to what is no address', redirectTo(() => 'http://'), ['http-audio-answers'], /what is no address/],
  ['a redirect to a file', redirectTo(() => 'file:///etc/passwd'), ['http-audio-answers'], /not a web address/],
  [
    'a redirect to the cloud’s own',
    redirectTo(() => 'http://169.254.169.254/'),
    ['http-audio-answers'],
    /private network/,
  ],
  ['no HEAD', onlyFor('HEAD', 405), ['http-audio-head'], /answers HEAD with 405/],
  ['nothing there', onlyFor('GET', 404), ['http-audio-range'], /answers 404/],
  [
    'no ranges',
    (request, response) =>
      request.method === 'HEAD' ? serveWell(request, response) : response.writeHead(200).end(audio),
    ['http-audio-range'],
    /whole file/,
  ],
  [
    'another length',
    (request, response) => serveWell(request, response, { head: { 'content-length': 99 } }),
    ['http-audio-length'],
    /12345 bytes, the server says 99/,
  ],
  [
    'another total',
    (request, response) => serveWell(request, response, { range: { 'content-range': 'bytes 0-1/99' } }),
    ['http-audio-range'],
    /“bytes 0-1\/99” where “bytes 0-1\/12345”/,
  ],
  [
    'another part',
    (request, response) => serveWell(request, response, { range: { 'content-range': '' } }),
    ['http-audio-range'],
    /“none”/,
  ],
  [
    'another type',
    (request, response) => serveWell(request, response, { head: { 'content-type': 'text/html; charset=utf-8' } }),
    ['http-audio-type'],
    /server says text\/html\./,
  ],
  [
    'a type with parameters',
    (request, response) => serveWell(request, response, { head: { 'content-type': 'Audio/MPEG; a=b' } }),
    [],
  ],
  [
    'ranges untold',
    (request, response) => serveWell(request, response, { head: { 'accept-ranges': '' } }),
    ['http-audio-accept-ranges'],
    /Accept-Ranges: bytes/,
  ],
  ['a line that is cut', (request) => request.socket.destroy(), ['http-audio-answers'], /does not answer as it should/],
]

t.test('each way to serve audio wrongly is told, and no other', async (t) => {
  for (const [name, answer, rules, words] of rows) {
    const found = await rulesBroken(t, answer)
    t.same(found.rules, rules, name)
    if (words) t.match(found.findings[0]?.message, words, name)
  }
})

t.test('a server that takes too long is given up', async (t) => {
  const { rules, findings } = await rulesBroken(t, () => {}, 200)
  t.same(rules, ['http-audio-answers'])
  t.match(findings[0]?.message, /No answer comes in time/)
})

t.test('another port of this machine is not the station, and no redirect leads there', async (t) => {
  const inner = await standIn(t, (_request, response) => response.end('secret'))
  const { rules, findings } = await rulesBroken(
    t,
    redirectTo(() => `${inner.origin}/audio.mp3`),
  )
  t.same(rules, ['http-audio-answers'])
  t.match(findings[0]?.message, /private network/)
  t.equal(inner.asked.length, 0)
})

t.test('a robot asks, for HEAD and for two bytes, without a coding', async (t) => {
  const { asked } = await rulesBroken(t, (request, response) => serveWell(request, response))
  t.same(
    asked.map(({ method, headers }) => [method, headers.range, headers['accept-encoding']]),
    [
      ['HEAD', undefined, 'identity'],
      ['GET', 'bytes=0-1', 'identity'],
    ],
  )
  for (const { headers } of asked) t.match(headers['user-agent'], /^Longwave-Healthbot\/1\.0 \(\+http/)
})
