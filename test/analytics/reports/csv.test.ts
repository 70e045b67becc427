import t from 'tap'
import { toCsv } from '../../../src/analytics/reports/csv.ts'

t.test('cells with commas, quotes and line breaks are quoted', (t) => {
  t.equal(
    toCsv(
      ['title', 'downloads'],
      [
        ['One, two', 3],
        ['“Three” "four"', 0],
        ['five\nsix', 1],
        [null, 2],
      ],
    ),
    'title,downloads\r\n"One, two",3\r\n"“Three” ""four""",0\r\n"five\nsix",1\r\n,2\r\n',
  )
  t.end()
})

t.test('no text is a formula for a spreadsheet', (t) => {
  for (const formula of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\r=1']) {
    t.match(toCsv(['app'], [[formula]]), /^app\r\n"?'/)
  }
  t.equal(toCsv(['shares'], [[-1]]), 'shares\r\n-1\r\n', 'numbers stay numbers')
  t.end()
})
