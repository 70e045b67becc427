import fc from 'fast-check'
import t from 'tap'
import { prefersCsv, toCsv } from '../../../src/analytics/reports/csv.ts'

t.test('rows stand under the names of their columns', async (t) => {
  const rows = [
    { app: 'AntennaPod', downloads: 3 },
    { app: 'Castro, 2020', downloads: -1 },
    { app: 'He said “"no"”', downloads: 0 },
    { downloads: 1.5 },
  ]
  t.equal(
    toCsv(['app', 'downloads'], rows),
    'app,downloads\r\nAntennaPod,3\r\n"Castro, 2020",-1\r\n"He said “""no""”",0\r\n,1.5\r\n',
  )
})

t.test('no text is a formula for a spreadsheet', async (t) => {
  for (const [text, written] of [
    ['=HYPERLINK("http://example.com")', `"'=HYPERLINK(""http://example.com"")"`],
    ['+1', `'+1`],
    ['-1', `'-1`],
    ['@SUM(1)', `'@SUM(1)`],
    ['\t=1', `'\t=1`],
    ['\r=1', `"'\r=1"`],
    ['1=1', '1=1'],
  ]) {
    t.equal(toCsv(['a'], [{ a: text }]), `a\r\n${written}\r\n`)
  }
})

t.test('whatever is written is read again', async () => {
  fc.assert(
    fc.property(fc.array(fc.record({ a: fc.string(), b: fc.string() }), { minLength: 1 }), (rows) => {
      const read = parse(toCsv(['a', 'b'], rows)).slice(1)
      const guarded = (text: string) => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)
      return rows.every(({ a, b }, index) => read[index]?.[0] === guarded(a) && read[index]?.[1] === guarded(b))
    }),
  )
})

t.test('CSV is for who asks for it', async (t) => {
  for (const accept of ['text/csv', 'Text/CSV; charset=utf-8', 'text/csv, application/json;q=0.9', 'text/csv, */*']) {
    t.ok(prefersCsv(accept), String(accept))
  }
  for (const accept of [undefined, '', '*/*', 'application/json', 'text/csv;q=0', 'application/json, text/csv;q=0.5']) {
    t.notOk(prefersCsv(accept), String(accept))
  }
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
