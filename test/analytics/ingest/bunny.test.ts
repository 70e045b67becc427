import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { readBunnyLine } from '../../../src/analytics/ingest/bunny.ts'
import { anyRequest } from '../../fixtures/logged-requests.ts'

/** The example of bunny.net's documentation (cdn-log-format). */
const example =
  'HIT|200|1507167062421|412|390|163.172.53.229|-|' +
  'https://bunnycdn.b-cdn.net/assets/landingpage/images/cdn-video-preview-from-a-blue-moon.m4v|WA|' +
  'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0.3325.146 Safari/537.36|' +
  '322b688bd63fb63f2babe9de30a5d262|DE'

t.test('the example of bunny.net’s documentation', async (t) => {
  t.strictSame(readBunnyLine(example), {
    at: 1_507_167_062_421,
    requestId: '322b688bd63fb63f2babe9de30a5d262',
    address: '163.172.53.229',
    method: 'GET',
    target: {
      url: 'https://bunnycdn.b-cdn.net/assets/landingpage/images/cdn-video-preview-from-a-blue-moon.m4v',
    },
    status: 200,
    range: undefined,
    bytesSent: 412,
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/65.0.3325.146 Safari/537.36',
    referrer: undefined,
  })
})

t.test('a user agent with a bar in it', async (t) => {
  const userAgent = 'a|b|c'
  t.match(readBunnyLine(example.replace(/\|WA\|.*\|322/, `|WA|${userAgent}|322`)), { userAgent, status: 200 })
})

t.test('a torn line cannot be understood, nor one whose address has moved', async (t) => {
  const withoutCountry = example.lastIndexOf('|') + 1
  for (let end = 0; end < withoutCountry; end += 1) t.equal(readBunnyLine(example.slice(0, end)), undefined, `${end}`)
  t.equal(readBunnyLine(example.replace('|-|', '|a|b|')), undefined)
})

t.test('requests come out as bunny.net writes them', async () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const { status, at, bytesSent, address, userAgent = '-', requestId } = request
      const referrer = request.referrer?.replaceAll('|', '/')
      const url = `https://example.b-cdn.net${request.target.url}`
      const start = ['HIT', status, at, bytesSent, '390', address, referrer ?? '-', url, 'WA', userAgent, requestId]
      const expected = { ...request, referrer, target: { url }, method: 'GET', range: undefined }
      return isDeepStrictEqual(readBunnyLine([...start, 'DE'].join('|')), expected)
    }),
  )
})
