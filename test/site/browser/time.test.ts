import fc from 'fast-check'
import t from 'tap'
import { findTimes, formatClock, spokenTime, startOf, tryParseTime } from '../../../src/site/browser/time.ts'

const seconds = fc.integer({ min: 0, max: 359_999 })

t.test('a clock is read as it was written', async () => {
  fc.assert(fc.property(seconds, (length) => tryParseTime(formatClock(length)) === length))
})

t.test('a clock in a sentence is found at its place', async () => {
  const words = fc.stringMatching(/^[a-z ,]{0,20}$/)
  fc.assert(
    fc.property(seconds, words, words, (length, before, after) => {
      const text = `${before} ${formatClock(length)} ${after}`
      const [found, ...others] = findTimes(text)
      return others.length === 0 && found?.seconds === length && found.index === before.length + 1
    }),
  )
})

t.test('reading never fails, whatever a link says', async () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (hash, search) => {
      const start = startOf({ hash: `#${hash}`, search: `?${search}` })
      return start === undefined || start >= 0
    }),
  )
})

t.test('clocks have hours only where there are some', async (t) => {
  t.equal(formatClock(83.9), '1:23')
  t.equal(formatClock(3723), '1:02:03')
  t.equal(formatClock(Number.NaN), '0:00')
  t.equal(formatClock(-1), '0:00')
  t.equal(spokenTime(3661), '1 hour 1 minute 1 second')
  t.equal(spokenTime(120), '2 minutes')
  t.equal(spokenTime(0), '0 seconds')
})

t.test('every usual way to write a time is understood, and nothing else', async (t) => {
  const known: [string, number][] = [
    ['83', 83],
    ['83.5', 83.5],
    ['1:23', 83],
    ['01:02:03', 3723],
    ['1h2m3s', 3723],
    ['90s', 90],
    ['2m', 120],
  ]
  for (const [text, expected] of known) t.equal(tryParseTime(text), expected, text)
  for (const text of ['', 'x', '-5', '1:60', '1:2:3:4', '1e3', ':30', '61:00:99', 'NaN', '1:23x']) {
    t.equal(tryParseTime(text), undefined, text)
  }
})

t.test('a link starts where its fragment says, else where its query says', async (t) => {
  t.equal(startOf({ hash: '#t=1:23', search: '?t=5' }), 83)
  t.equal(startOf({ hash: '#notes', search: '?t=83' }), 83)
  t.equal(startOf({ hash: '#t=npt:10,20', search: '' }), 10)
  t.equal(startOf({ hash: '', search: '' }), undefined)
  t.equal(startOf({ hash: '#t=soon', search: '' }), undefined)
})

t.test('what only looks like a time is left alone', async (t) => {
  for (const text of ['16:9:4:3', '1:2', '192.168.0.1:80', '12:345', '1.12:30', 'at 12:75']) {
    t.strictSame(findTimes(text), [], text)
  }
  t.match(findTimes('(0:03) and 1:02:03.'), [
    { index: 1, text: '0:03', seconds: 3 },
    { index: 11, text: '1:02:03', seconds: 3723 },
  ])
})
