import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { createCloudFrontReader } from '../../../src/analytics/ingest/cloudfront.ts'
import { anyRequest } from '../../fixtures/logged-requests.ts'

/** The 33 fields of AWS's documentation (standard-logs-reference.html), in its order. */
const heading =
  '#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) ' +
  'cs-uri-query cs(Cookie) x-edge-result-type x-edge-request-id x-host-header cs-protocol cs-bytes time-taken x-forwarded-for ' +
  'ssl-protocol ssl-cipher x-edge-response-result-type cs-protocol-version fle-status fle-encrypted-fields c-port ' +
  'time-to-first-byte x-edge-detailed-result-type sc-content-type sc-content-len sc-range-start sc-range-end'

/** The example of AWS's documentation. */
const example = [
  ...['2019-12-04', '21:02:31', 'LAX1', '392', '192.0.2.100', 'GET', 'd111111abcdef8.cloudfront.net', '/index.html'],
  ...['200', '-'],
  'Mozilla/5.0%20(Windows%20NT%2010.0;%20Win64;%20x64)%20AppleWebKit/537.36%20(KHTML,%20like%20Gecko)%20Chrome/78.0.3904.108%20Safari/537.36',
  ...['-', '-', 'Hit', 'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==', 'd111111abcdef8.cloudfront.net'],
  ...['https', '23', '0.001', '-', 'TLSv1.2', 'ECDHE-RSA-AES128-GCM-SHA256', 'Hit', 'HTTP/2.0', '-', '-', '11040'],
  ...['0.001', 'Hit', 'text/html', '78', '-', '-'],
]

const names = heading.slice('#Fields: '.length).split(' ')

/** The example with some fields changed. */
const line = (changes: Record<string, string>) => names.map((name, index) => changes[name] ?? example[index]).join('\t')

function reader() {
  const read = createCloudFrontReader()
  t.equal(read('#Version: 1.0'), 'other')
  t.equal(read(heading), 'other')
  return read
}

t.test('the example of AWS’s documentation', async (t) => {
  t.strictSame(reader()(line({})), {
    at: Date.UTC(2019, 11, 4, 21, 2, 31),
    requestId: 'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==',
    address: '192.0.2.100',
    method: 'GET',
    target: { url: '/index.html' },
    status: 200,
    range: undefined,
    bytesSent: 78,
    userAgent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/78.0.3904.108 Safari/537.36',
    referrer: undefined,
  })
})

t.test('of a 206 the log tells the range of the answer, and the head of it is not counted', async (t) => {
  const part = { 'sc-status': '206', 'sc-range-start': '1000', 'sc-range-end': '5999', 'sc-content-len': '5000' }
  t.match(reader()(line({ ...part, 'sc-bytes': '5480' })), { range: 'bytes=1000-5999', bytesSent: 5000 })
  t.match(reader()(line({ ...part, 'sc-bytes': '2480' })), { range: 'bytes=1000-5999', bytesSent: 2480 }, 'went away')
  t.match(reader()(line({ 'sc-bytes': '480', 'sc-content-len': '-' })), { range: undefined, bytesSent: 480 })
  const inParts = { ...part, 'sc-range-start': '-', 'sc-range-end': '-', 'sc-bytes': '5480' }
  t.match(reader()(line(inParts)), { range: undefined, bytesSent: 5000 }, 'several ranges')
})

t.test('fields may stand in another order, and be fewer or more', async (t) => {
  const read = createCloudFrontReader()
  read('#Fields: c-ip\tasn\tdate\ttime\tcs-method\tcs-uri-stem\tsc-status\tsc-bytes')
  t.match(read('192.0.2.1\t64496\t2019-12-04\t21:02:31\tGET\t/media/x\t200\t700'), {
    address: '192.0.2.1',
    target: { url: '/media/x' },
    bytesSent: 700,
    requestId: undefined,
  })
})

t.test('without the names of its fields a line says nothing, nor does one with others', async (t) => {
  t.equal(createCloudFrontReader()(line({})), undefined)
  t.equal(reader()(line({}).split('\t').slice(1).join('\t')), undefined)
  t.equal(reader()(`${line({})}\tmore`), undefined)
  t.equal(reader()(line({ date: 'today' })), undefined)
  t.equal(reader()(line({ 'c-ip': '-' })), undefined)
  t.match(reader()(line({ 'sc-status': '000' })), { status: 0 }, 'the viewer went away before an answer')
  t.match(reader()(line({ 'cs(User-Agent)': '100%' })), { userAgent: '100%' })
})

t.test('requests come out as CloudFront writes them', async () => {
  const read = reader()
  fc.assert(
    fc.property(anyRequest, (request) => {
      const [, start, end] = /(\d+)-(\d+)/.exec(request.range ?? '') ?? []
      const most = start ? Number(end) - Number(start) + 1 : request.bytesSent
      const iso = new Date(request.at).toISOString()
      const written = line({
        date: iso.slice(0, 10),
        time: iso.slice(11, 19),
        'sc-bytes': String(request.bytesSent + 480),
        'c-ip': request.address,
        'cs-method': request.method,
        'cs-uri-stem': request.target.url as string,
        'sc-status': String(request.status),
        'cs(Referer)': encodeURIComponent(request.referrer ?? '-'),
        'cs(User-Agent)': encodeURIComponent(request.userAgent ?? '-'),
        'x-edge-request-id': request.requestId as string,
        'sc-content-len': String(most),
        'sc-range-start': start ?? '-',
        'sc-range-end': end ?? '-',
      })
      return isDeepStrictEqual(read(written), { ...request, bytesSent: Math.min(request.bytesSent + 480, most) })
    }),
  )
})
