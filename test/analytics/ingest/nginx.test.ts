import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { readNginxLine } from '../../../src/analytics/ingest/nginx.ts'
import { anyRequest } from '../../fixtures/logged-requests.ts'

/** Written by nginx 1.22 with the format that is recommended. */
const line =
  '{"request_id":"8e1cd1ef1d0d42bfd4f1ed37cda3d5a2","msec":"1732612345.123","remote_addr":"192.0.2.7","request_method":"GET",' +
  '"request_uri":"/audio/x/y.mp3?_from=app","status":"206","body_bytes_sent":"65536","http_range":"bytes=0-65535",' +
  '"http_user_agent":"Player \\"One\\" ünïcode","http_referer":""}'

t.test('a line of the recommended format', async (t) => {
  t.strictSame(readNginxLine(line), {
    at: 1_732_612_345_123,
    requestId: '8e1cd1ef1d0d42bfd4f1ed37cda3d5a2',
    address: '192.0.2.7',
    method: 'GET',
    target: { url: '/audio/x/y.mp3?_from=app' },
    status: 206,
    range: 'bytes=0-65535',
    bytesSent: 65_536,
    userAgent: 'Player "One" ünïcode',
    referrer: undefined,
  })
})

t.test('numbers may stand without quotation marks, and the id may be missing', async (t) => {
  const fields = { msec: 1_732_612_345.5, remote_addr: '::1', request_uri: '/', status: 200, body_bytes_sent: 0 }
  t.match(readNginxLine(JSON.stringify(fields)), { at: 1_732_612_345_500, status: 200, bytesSent: 0, method: '' })
  t.equal(Object(readNginxLine(JSON.stringify(fields))).requestId, undefined)
})

t.test('a torn line, and one in which something is missing, cannot be understood', async (t) => {
  const broken = [
    line.slice(0, -1),
    line.slice(1),
    line.replace('"msec":"1732612345.123",', ''),
    line.replace('"remote_addr":"192.0.2.7",', ''),
    line.replace('"remote_addr":"192.0.2.7"', '"remote_addr":"-"'),
    line.replace('"status":"206"', '"status":"two hundred"'),
    line.replace('"body_bytes_sent":"65536"', '"body_bytes_sent":"-1"'),
    line.replace('"body_bytes_sent":"65536"', '"body_bytes_sent":"1e3"'),
    line.replace('"status":"206"', '"status":{}'),
    '{}',
    '[]',
    'null',
  ]
  for (const each of broken) t.equal(readNginxLine(each), undefined, each)
})

t.test('requests come out as nginx writes them', async () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const written = JSON.stringify({
        request_id: request.requestId,
        msec: (request.at / 1000).toFixed(3),
        remote_addr: request.address,
        request_method: request.method,
        request_uri: request.target.url,
        status: String(request.status),
        body_bytes_sent: String(request.bytesSent),
        http_range: request.range ?? '',
        http_user_agent: request.userAgent ?? '',
        http_referer: request.referrer ?? '',
      })
      return isDeepStrictEqual(readNginxLine(written), request)
    }),
  )
})
