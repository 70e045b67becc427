import fc from 'fast-check'
import t from 'tap'
import { type Coding, chooseCoding, codingChooser } from '../../src/feeds/accept-encoding.ts'

const offered: Coding[] = ['br', 'gzip']

for (const [header, coding] of [
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip', 'gzip'],
  ['GZIP ; Q=0.5', 'gzip'],
  ['x-gzip', 'gzip'],
  ['gzip, deflate, br', 'br'],
  ['br, gzip;q=0.1', 'br'],
  ['br;q=0.1, gzip', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br;q=0', 'identity'],
  ['*', 'br'],
  ['br;q=0, *', 'gzip'],
  ['gzip, *;q=0', 'gzip'],
  ['gzip;q=0.000, *;q=0.2', 'br'],
  ['*;q=0', 'identity'],
  ['identity;q=0', 'identity'],
  ['identity;q=0, gzip', 'gzip'],
  ['identity, gzip;q=0.5', 'identity'],
  ['identity;q=0.5, gzip;q=0.5', 'gzip'],
  ['gzip;q=much', 'identity'],
  ['deflate, zstd', 'identity'],
  [',;q=1,,', 'identity'],
] as const) {
  t.equal(codingChooser(offered)(header), coding, `Accept-Encoding: ${header}`)
}

t.test('what is not offered, or refused, is never chosen, whatever the header says', async () => {
  const part = fc.tuple(
    fc.constantFrom('br', 'gzip', 'x-gzip', '*', 'identity', 'zstd', ''),
    fc.constantFrom('', ';q=0', ';q=1', ';q=0.5', ';q=x', '; q = 1'),
  )
  fc.assert(
    fc.property(fc.array(part), fc.subarray(offered), (parts, some) => {
      const chosen = chooseCoding(parts.map((each) => each.join('')).join(','), some)
      const isRefused =
        parts.some(([coding]) => coding === chosen) &&
        parts.every(([coding, weight]) => coding !== chosen || weight === ';q=0')
      return chosen === 'identity' || (some.includes(chosen) && !isRefused)
    }),
  )
})
