import { invalid } from '../../core/errors.ts'
import { isCountry } from '../country.ts'
import type { Spotify } from '../feed-tags/spotify.ts'

/** `spotify:countryOfOrigin`: each is a country. */
export function checkSpotify({ countriesOfOrigin = [] }: Spotify, field: string): void {
  for (const [index, code] of countriesOfOrigin.entries()) {
    if (isCountry(code.toUpperCase())) continue
    const place = `${field}.countriesOfOrigin.${index}`
    throw invalid(
      `“${code}” is not the code of a country. Write it like de (ISO 3166-1, spotify:countryOfOrigin).`,
      place,
    )
  }
}
