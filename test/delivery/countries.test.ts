import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { openCountries } from '../../src/delivery/countries.ts'

const countryOf = await openCountries()

/** Networks whose country has not changed in decades, and what is nobody's. */
const rows: [string, string | undefined][] = [
  ['193.0.6.139', 'NL'],
  ['::ffff:193.0.6.139', 'NL'],
  ['2001:67c:2e8:22::c100:68b', 'NL'],
  ['133.11.0.1', 'JP'],
  ['143.107.0.1', 'BR'],
  ['18.9.22.69', 'US'],
  ['127.0.0.1', undefined],
  ['10.0.0.1', undefined],
  ['192.168.1.1', undefined],
  ['::1', undefined],
  ['fe80::1%eth0', undefined],
  ['unknown', undefined],
  ['', undefined],
]
for (const [address, country] of rows) t.equal(countryOf(address), country, address)

t.test('whatever a visitor calls its address, it is a country or nothing', async () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (address) =>
      /^([A-Z]{2})?$/.test(countryOf(address) ?? ''),
    ),
  )
})

t.test('a file that cannot be used stops the start with a sentence', async (t) => {
  const file = path.join(t.testdir(), 'countries.mmdb')
  await t.rejects(openCountries(file), { name: 'ConfigError', message: `COUNTRIES_FILE: ${file} is not there` })
  await writeFile(file, 'no database')
  await t.rejects(openCountries(file), { name: 'ConfigError', message: `${file} is no MMDB file that can be read` })
})
