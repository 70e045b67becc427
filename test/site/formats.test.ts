import t from 'tap'
import { formatBytes, formatDay, formatLength, isoDuration } from '../../src/site/formats.ts'

t.test('lengths and sizes read as people say them', async (t) => {
  t.equal(formatLength(58), '58 s')
  t.equal(formatLength(59.6), '1 min')
  t.equal(formatLength(1029), '17 min')
  t.equal(formatLength(3600), '1 h')
  t.equal(formatLength(3720), '1 h 2 min')
  t.equal(formatBytes(900), '1 kB')
  t.equal(formatBytes(12_345_678), '12.3 MB')
  t.equal(formatBytes(250_000_000), '250 MB')
  t.equal(formatBytes(1_500_000_000), '1.5 GB')
  t.equal(isoDuration(83.4), 'PT83S')
})

t.test('a day is told in the language of the show', async (t) => {
  t.equal(formatDay('2026-02-03T23:59:00Z', 'en-GB'), '3 February 2026')
  t.equal(formatDay('2026-02-03T23:59:00Z', 'de'), '3. Februar 2026')
})
