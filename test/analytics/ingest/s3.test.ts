import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { readS3Line } from '../../../src/analytics/ingest/s3.ts'
import { anyRequest } from '../../fixtures/logged-requests.ts'

const owner = '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be'

/** Two lines of AWS's documentation (LogFormat.html). */
const versioning =
  `${owner} amzn-s3-demo-bucket1 [06/Feb/2019:00:00:38 +0000] 192.0.2.3 ${owner} 3E57427F3EXAMPLE REST.GET.VERSIONING - ` +
  '"GET /amzn-s3-demo-bucket1?versioning HTTP/1.1" 200 - 113 - 7 - "-" "S3Console/0.4" - ' +
  's9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ECDHE-RSA-AES128-GCM-SHA256 ' +
  'AuthHeader amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com TLSV1.2 arn:aws:s3:us-west-1:123456789012:accesspoint/example-AP Yes'
const put =
  `${owner} amzn-s3-demo-bucket1 [06/Feb/2019:00:01:57 +0000] 192.0.2.3 ${owner} DD6CC733AEXAMPLE REST.PUT.OBJECT s3-dg.pdf ` +
  '"PUT /amzn-s3-demo-bucket1/s3-dg.pdf HTTP/1.1" 200 - - 4406583 41754 28 "-" "S3Console/0.4" - ' +
  '10S62Zv81kBW7BB6SX4XJ48o6kpcl6LPwEoizZQQxJd5qDSCTLX0TgS37kYUBKQW3+bPdrg1234= SigV4 ECDHE-RSA-AES128-SHA AuthHeader ' +
  'amzn-s3-demo-bucket1.s3.us-west-1.amazonaws.com TLSV1.2 - Yes'

/** A listener who was redirected to the bucket by a presigned address. */
const get = put
  .replaceAll('PUT', 'GET')
  .replace('200 - - 4406583', '206 - 65536 4406583')
  .replace('AuthHeader', 'QueryString')
  .replaceAll('s3-dg.pdf', 'shows/1/episodes/2/abc.mp3')

t.test('a listener’s request', async (t) => {
  t.strictSame(readS3Line(get), {
    at: Date.UTC(2019, 1, 6, 0, 1, 57),
    requestId: 'DD6CC733AEXAMPLE',
    address: '192.0.2.3',
    method: 'GET',
    target: { key: 'shows/1/episodes/2/abc.mp3' },
    status: 206,
    range: undefined,
    bytesSent: 65_536,
    userAgent: 'S3Console/0.4',
    referrer: undefined,
  })
  t.match(readS3Line(get.replace('REST.', 'WEBSITE.')), { status: 206 })
  t.match(readS3Line(get.replace('REST.GET.', 'REST.HEAD.')), { method: 'HEAD' })
  t.match(readS3Line(get.replace(' 65536 ', ' - ')), { bytesSent: 0 })
})

t.test('what the documentation’s lines tell, and whoever has credentials, is no listener', async (t) => {
  for (const line of [versioning, put, get.replace('QueryString', 'AuthHeader')]) t.equal(readS3Line(line), 'other')
  t.equal(readS3Line(get.replace('REST.GET.OBJECT', 'REST.COPY.OBJECT_GET')), 'other')
  t.equal(readS3Line(get.replace('REST.GET.OBJECT', 'BATCH.DELETE.OBJECT')), 'other')
})

t.test('lines of before 2019, which end with the user agent and the version', async (t) => {
  const old = get.slice(0, get.indexOf(' - 10S62'))
  t.match(readS3Line(old), { status: 206 })
  t.match(readS3Line(`${old} -`), { status: 206 })
})

t.test('a line that is torn before its user agent ends cannot be understood', async (t) => {
  const end = get.indexOf('"S3Console/0.4"') + '"S3Console/0.4'.length
  for (let length = 0; length <= end; length += 1) t.equal(readS3Line(get.slice(0, length)), undefined, `${length}`)
})

t.test('requests come out as S3 writes them', async () => {
  fc.assert(
    fc.property(anyRequest, (request) => {
      const [, day, month, year, time] = new Date(request.at).toUTCString().split(' ')
      const texts = [request.referrer, request.userAgent].map((text) => text?.replaceAll(/["\\]/g, "'"))
      const [referrer, userAgent] = texts
      const key = request.target.url?.slice(1) || 'x'
      const line = [
        ...[owner, 'bucket', `[${day}/${month}/${year}:${time} +0000]`, request.address, '-', request.requestId],
        ...[
          `REST.${request.method}.OBJECT`,
          key,
          `"${request.method} /${key}?X-Amz-Expires=6 HTTP/1.1"`,
          request.status,
        ],
        ...['-', request.bytesSent || '-', '4406583', '41', '28', `"${referrer ?? '-'}"`, `"${userAgent ?? '-'}"`, '-'],
        ...['host=', 'SigV4', 'ECDHE', 'QueryString', 'bucket.s3.amazonaws.com', 'TLSv1.2', '-', '-'],
      ].join(' ')
      return isDeepStrictEqual(readS3Line(line), { ...request, range: undefined, referrer, userAgent, target: { key } })
    }),
  )
})
