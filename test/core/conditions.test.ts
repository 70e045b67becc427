import fc from 'fast-check'
import t from 'tap'
import { checkConditions, httpDate, ifRangeMatches } from '../../src/core/conditions.ts'

const modifiedAt = Date.parse('2026-11-20T10:00:00.700Z')
const now = { etag: '"tag"', modifiedAt }
const date = httpDate(modifiedAt)
const earlier = httpDate(modifiedAt - 60_000)
const later = httpDate(modifiedAt + 60_000)

/** method, headers, verdict: RFC 9110 §13. */
const cases: [string, Record<string, string>, string][] = [
  ['GET', {}, 'proceed'],
  ['GET', { 'if-none-match': '"tag"' }, 'not-modified'],
  ['GET', { 'if-none-match': 'W/"tag"' }, 'not-modified'],
  ['GET', { 'if-none-match': '"a", "tag" , "b"' }, 'not-modified'],
  ['GET', { 'if-none-match': '*' }, 'not-modified'],
  ['HEAD', { 'if-none-match': '"tag"' }, 'not-modified'],
  ['PUT', { 'if-none-match': '*' }, 'precondition-failed'],
  ['GET', { 'if-none-match': '"other"' }, 'proceed'],
  ['GET', { 'if-none-match': '"other"', 'if-modified-since': later }, 'proceed'],
  ['GET', { 'if-modified-since': date }, 'not-modified'],
  ['GET', { 'if-modified-since': later }, 'not-modified'],
  ['GET', { 'if-modified-since': earlier }, 'proceed'],
  ['GET', { 'if-modified-since': 'yesterday' }, 'proceed'],
  ['GET', { 'if-modified-since': '2026-12-01' }, 'proceed'],
  ['GET', { 'if-modified-since': 'Friday, 20-Nov-26 10:00:00 GMT' }, 'not-modified'],
  ['GET', { 'if-match': '"tag"' }, 'proceed'],
  ['GET', { 'if-match': '*' }, 'proceed'],
  ['GET', { 'if-match': 'W/"tag"' }, 'precondition-failed'],
  ['GET', { 'if-match': '"other"' }, 'precondition-failed'],
  ['GET', { 'if-unmodified-since': earlier }, 'precondition-failed'],
  ['GET', { 'if-unmodified-since': date }, 'proceed'],
  ['GET', { 'if-match': '"tag"', 'if-unmodified-since': earlier }, 'proceed'],
]

for (const [method, headers, verdict] of cases) {
  t.equal(checkConditions(method, headers, now), verdict, `${method} ${JSON.stringify(headers)} -> ${verdict}`)
}

t.test('If-Range holds for the same strong tag and for exactly the same date', async (t) => {
  t.ok(ifRangeMatches('"tag"', now))
  t.ok(ifRangeMatches(date, now))
  for (const header of ['W/"tag"', '"other"', earlier, later, 'nonsense', '', 'tag']) {
    t.notOk(ifRangeMatches(header, now), header)
  }
})

t.test('no header makes it throw', async () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      checkConditions('GET', { 'if-none-match': one, 'if-modified-since': other }, now)
      checkConditions('GET', { 'if-match': one, 'if-unmodified-since': other }, now)
      ifRangeMatches(one, now)
    }),
  )
})
