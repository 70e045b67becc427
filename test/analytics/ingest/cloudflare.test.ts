import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { readCloudflareLine } from '../../../src/analytics/ingest/cloudflare.ts'
import { anyRequest } from '../../fixtures/logged-requests.ts'

/** Fields as Cloudflare's documentation of the dataset http_requests names them. */
const fields = {
  ClientIP: '192.0.2.1',
  ClientRequestHost: 'example.com',
  ClientRequestMethod: 'GET',
  ClientRequestReferer: '',
  ClientRequestSource: 'eyeball',
  ClientRequestURI: '/media/x/y.mp3?md5=abc',
  ClientRequestUserAgent: 'AntennaPod/3.11.2',
  EdgeEndTimestamp: '2024-12-04T00:36:43Z',
  EdgeResponseBodyBytes: 2766,
  EdgeResponseBytes: 3930,
  EdgeResponseStatus: 206,
  EdgeStartTimestamp: '2024-12-04T00:36:42Z',
  RayID: '8ec7b94c9b18a95c',
  RequestHeaders: { range: 'bytes=0-2765' },
}

const read = (changes: object) => readCloudflareLine(JSON.stringify({ ...fields, ...changes }))

t.test('a line with the fields of Cloudflare’s documentation', async (t) => {
  t.strictSame(read({}), {
    at: Date.UTC(2024, 11, 4, 0, 36, 43),
    requestId: '8ec7b94c9b18a95c',
    address: '192.0.2.1',
    method: 'GET',
    target: { url: '/media/x/y.mp3?md5=abc' },
    status: 206,
    range: 'bytes=0-2765',
    bytesSent: 2766,
    userAgent: 'AntennaPod/3.11.2',
    referrer: undefined,
  })
})

t.test('time comes in three forms, and the start will do', async (t) => {
  const at = Date.UTC(2024, 11, 4, 0, 36, 43)
  for (const EdgeEndTimestamp of [at / 1e3, at * 1e6, '2024-12-04T00:36:43Z'])
    t.match(read({ EdgeEndTimestamp }), { at })
  t.match(read({ EdgeEndTimestamp: undefined }), { at: at - 1_000 })
})

t.test('without custom fields there is no range, and without the body’s length the whole must do', async (t) => {
  for (const RequestHeaders of [undefined, null, {}, 'x', []]) t.match(read({ RequestHeaders }), { range: undefined })
  t.match(read({ EdgeResponseBodyBytes: undefined }), { bytesSent: 3930 })
})

t.test('what Cloudflare asks of itself is no listener’s request', async (t) => {
  for (const ClientRequestSource of ['edgeWorkerFetch', 'purge', 'healthcheck', 'earlyHintsCache']) {
    t.equal(read({ ClientRequestSource }), 'other')
  }
  t.match(read({ ClientRequestSource: undefined }), { status: 206 })
  t.match(read({ ClientRequestSource: 'orangeToOrange' }), { status: 206 })
})

t.test('what is missing cannot be made up', async (t) => {
  for (const name of ['ClientIP', 'ClientRequestURI', 'EdgeResponseStatus']) {
    t.equal(read({ [name]: undefined }), undefined, name)
  }
  t.equal(read({ EdgeResponseBodyBytes: undefined, EdgeResponseBytes: undefined }), undefined)
  t.equal(read({ EdgeEndTimestamp: 'soon' }), undefined)
})

t.test('requests come out as Cloudflare writes them', async () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const written = {
        ClientIP: request.address,
        ClientRequestMethod: request.method,
        ClientRequestURI: request.target.url,
        ClientRequestUserAgent: request.userAgent ?? '',
        ClientRequestReferer: request.referrer ?? '',
        EdgeEndTimestamp: request.at * 1e6,
        EdgeResponseBodyBytes: request.bytesSent,
        EdgeResponseStatus: request.status,
        RayID: request.requestId,
        RequestHeaders: request.range ? { range: request.range } : {},
      }
      return isDeepStrictEqual(readCloudflareLine(JSON.stringify(written)), request)
    }),
  )
})
