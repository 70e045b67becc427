import fc from 'fast-check'
import t from 'tap'
import { prefersCsv, toCsv } from '../../../src/analytics/reports/csv.ts'

t.test('cells with commas, quotes and line breaks are quoted', (t) => {
  const titles = ['One, two', '“Three” "four"', 'five\nsix', null, undefined]
  const rows = titles.map((title, downloads) => ({ title, downloads }))
  t.equal(
    toCsv(['title', 'downloads'], rows),
    'title,downloads\r\n"One, two",0\r\n"“Three” ""four""",1\r\n"five\nsix",2\r\n,3\r\n,4\r\n',
  )
  t.end()
})

t.test('no text is a formula for a spreadsheet', (t) => {
  for (const app of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1']) t.match(toCsv(['app'], [{ app }]), /^app\r\n"?'/)
  t.equal(toCsv(['share'], [{ share: -1 }]), 'share\r\n-1\r\n', 'numbers stay numbers')
  t.end()
})

t.test('whatever is written is read again', (t) => {
  fc.assert(
    fc.property(fc.array(fc.record({ a: fc.string(), b: fc.string() }), { minLength: 1 }), (rows) => {
      const read = parse(toCsv(['a', 'b'], rows)).slice(1)
      const safe = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)
      return rows.every(({ a, b }, index) => read[index]?.[0] === safe(a) && read[index]?.[1] === safe(b))
    }),
  )
  t.end()
})

t.test('CSV is what a client names, unless it would rather have JSON', (t) => {
  for (const accept of ['text/csv', 'text/csv, application/json', 'application/json;q=0.5, TEXT/CSV;q=0.8']) {
    t.equal(prefersCsv(accept), true, accept)
  }
  for (const accept of [undefined, '', '*/*', 'application/json', 'text/csv;q=0', 'application/json, text/csv;q=0.9']) {
    t.equal(prefersCsv(accept), false, String(accept))
  }
  t.end()
})

/** RFC 4180, in the plainest way. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]]
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  for (let match = field.exec(text); match; match = field.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') rows.push([])
    if (field.lastIndex === text.length) break
  }
  return rows
}
