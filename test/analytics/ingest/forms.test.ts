import fc from 'fast-check'
import t from 'tap'
import { createRecognisingReader, type FormName, formNames, forms } from '../../../src/analytics/ingest/forms.ts'
import { anyLine } from '../../fixtures/logged-requests.ts'

/** A line of each form, after what must stand before it. */
const samples: Record<FormName, readonly string[]> = {
  nginx: [
    '{"request_id":"8e1c","msec":"1732612345.123","remote_addr":"192.0.2.7","request_method":"GET","request_uri":"/x",' +
      '"status":"200","body_bytes_sent":"5","http_range":"","http_user_agent":"a","http_referer":""}',
  ],
  combined: ['192.0.2.7 - - [26/Nov/2024:09:12:25 +0000] "GET /x HTTP/1.1" 200 5 "-" "a"'],
  cloudfront: [
    '#Version: 1.0',
    '#Fields: date time c-ip cs-method cs-uri-stem sc-status sc-bytes',
    '2024-11-26\t09:12:25\t192.0.2.7\tGET\t/x\t200\t5',
  ],
  cloudflare: [
    '{"ClientIP":"192.0.2.7","ClientRequestMethod":"GET","ClientRequestURI":"/x","EdgeEndTimestamp":1732612345,' +
      '"EdgeResponseBodyBytes":5,"EdgeResponseStatus":200,"RayID":"8ec7"}',
  ],
  bunny: ['MISS|200|1732612345123|5|390|192.0.2.7|-|https://x.b-cdn.net/x|WA|a|322b|DE'],
  s3: [
    'o bucket [26/Nov/2024:09:12:25 +0000] 192.0.2.7 - 3E57 REST.GET.OBJECT x "GET /x HTTP/1.1" 200 - 5 5 1 1 "-" "a" -',
  ],
}

t.test('each form is recognised, and no line is of two', async (t) => {
  for (const name of formNames) {
    const [last = '', ...before] = samples[name].toReversed()
    const recognise = createRecognisingReader()
    for (const line of before.toReversed()) t.equal(recognise(line), 'other', name)
    t.match(recognise(last), { address: '192.0.2.7', status: 200, bytesSent: 5 }, name)
    for (const other of formNames) {
      if (other !== name) t.equal(forms[other]()(last), undefined, `${name} is not ${other}`)
    }
  }
})

t.test('once recognised, a log has one form to its end', async (t) => {
  const recognise = createRecognisingReader()
  t.equal(recognise('torn at the beginning'), undefined)
  t.ok(recognise(samples.combined[0] as string))
  t.equal(recognise(samples.nginx[0] as string), undefined)
})

t.test('whatever stands in a line, no form throws, and what it reads is whole', async () => {
  for (const name of formNames) {
    const read = forms[name]()
    fc.assert(
      fc.property(anyLine, (line) => {
        const request = read(line)
        if (request === undefined || request === 'other') return true
        const { at, status, bytesSent, address } = request
        return [at, status, bytesSent].every(Number.isSafeInteger) && address !== ''
      }),
    )
  }
})

t.test('whatever is changed in a good line, no form throws', async () => {
  for (const name of formNames) {
    const lines = samples[name]
    const line = lines.at(-1) as string
    const cut = fc.tuple(fc.nat(line.length), fc.nat(line.length), fc.string({ unit: 'binary' }))
    fc.assert(
      fc.property(cut, ([from, to, put]) => {
        const read = forms[name]()
        for (const before of lines.slice(0, -1)) read(before)
        read(line.slice(0, from) + put + line.slice(to))
      }),
    )
  }
})
