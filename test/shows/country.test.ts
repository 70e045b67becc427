import t from 'tap'
import { isCountry } from '../../src/shows/country.ts'

t.test('a country is one of ISO 3166-1, or Kosovo', async (t) => {
  for (const code of ['DE', 'US', 'GB', 'TW', 'SS', 'XK', 'AQ']) t.ok(isCountry(code), code)
  for (const code of ['ZZ', 'XX', 'EU', 'UN', 'XA', 'QQ']) t.notOk(isCountry(code), code)
})
