import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { readCombinedLine } from '../../../src/analytics/ingest/combined.ts'
import { anyRequest } from '../../fixtures/logged-requests.ts'

/** From Apache's documentation (logs.html#combined). */
const apache =
  '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326 ' +
  '"http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"'

t.test('a line of Apache’s documentation', async (t) => {
  t.strictSame(readCombinedLine(apache), {
    at: Date.UTC(2000, 9, 10, 20, 55, 36),
    requestId: undefined,
    address: '127.0.0.1',
    method: 'GET',
    target: { url: '/apache_pb.gif' },
    status: 200,
    range: undefined,
    bytesSent: 2326,
    userAgent: 'Mozilla/4.08 [en] (Win98; I ;Nav)',
    referrer: 'http://www.example.com/start.html',
  })
})

t.test('more fields may follow, as in nginx’s “main”', async (t) => {
  t.match(readCombinedLine(`${apache} "203.0.113.9" 0.004`), { status: 200, bytesSent: 2326 })
})

t.test('nothing sent, no referrer, no user agent', async (t) => {
  const line = '2001:db8::1 - - [10/Oct/2000:13:55:36 +0000] "GET /x HTTP/2.0" 304 - "-" "-"'
  t.match(readCombinedLine(line), { bytesSent: 0, referrer: undefined, userAgent: undefined, address: '2001:db8::1' })
})

t.test('what servers escape is read', async (t) => {
  const line = (agent: string) => `::1 - - [10/Oct/2000:13:55:36 +0000] "GET /x HTTP/1.1" 200 5 "-" "${agent}"`
  for (const [agent, was] of [
    ['Player \\x22One\\x22', 'Player "One"'],
    ['Player \\"One\\" 2', 'Player "One" 2'],
    ['Pl\\xC3\\xA4yer', 'Pläyer'],
  ] as const) {
    t.match(readCombinedLine(line(agent)), { userAgent: was }, agent)
  }
})

t.test('a request that was none is one for nothing', async (t) => {
  const line = (request: string) => `192.0.2.1 - - [10/Oct/2000:13:55:36 +0000] "${request}" 400 157 "-" "-"`
  for (const request of ['', '-', '\\x16\\x03\\x01\\x00', 'GET']) {
    t.match(readCombinedLine(line(request)), { status: 400, target: { url: '' } }, request)
  }
})

t.test('a torn line cannot be understood', async (t) => {
  for (let end = 0; end < apache.length; end += 1) t.equal(readCombinedLine(apache.slice(0, end)), undefined, `${end}`)
})

t.test('requests come out as nginx writes them', async () => {
  const escaped = (text = '-') => text.replaceAll(/["\\]/g, (mark) => `\\x${mark.charCodeAt(0).toString(16)}`)
  fc.assert(
    fc.property(anyRequest, (request) => {
      const [, day, month, year, time] = new Date(request.at).toUTCString().split(' ')
      const when = `${day}/${month}/${year}:${time} +0000`
      const asked = `${request.method} ${request.target.url} HTTP/1.1`
      const texts = `"${escaped(request.referrer)}" "${escaped(request.userAgent)}"`
      const line = `${request.address} - - [${when}] "${asked}" ${request.status} ${request.bytesSent} ${texts}`
      return isDeepStrictEqual(readCombinedLine(line), { ...request, requestId: undefined, range: undefined })
    }),
  )
})
