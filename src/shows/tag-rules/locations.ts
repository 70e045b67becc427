import { invalid } from '../../core/errors.ts'
import { isCountry } from '../country.ts'
import type { Location } from '../feed-tags/location.ts'

/** `podcast:location`: a country is one (ISO 3166-1), and a point of its geo URI is on the earth (RFC 5870 §3.4.2). */
export function checkLocations(locations: readonly Location[], field: string): void {
  for (const [index, { geo, country }] of locations.entries()) {
    if (country !== undefined && !isCountry(country)) {
      throw invalid(
        `“${country}” is not the code of a country. Write it like DE (ISO 3166-1 alpha-2, podcast:location).`,
        `${field}.${index}.country`,
      )
    }
    const [latitude = 0, longitude = 0] = (geo ?? '').replace(/^geo:/, '').split(/[,;]/).map(Number)
    if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) continue
    throw invalid(
      `“${field}.${index}.geo” is not on the earth: first the latitude, -90 to 90, then the longitude, -180 to 180 (RFC 5870).`,
      `${field}.${index}.geo`,
    )
  }
}
