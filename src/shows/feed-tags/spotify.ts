import { type Static, Type } from '@fastify/type-provider-typebox'

/** Spotify's own tags: `spotify:countryOfOrigin` and `spotify:limit`. */
export const Spotify = Type.Object(
  {
    countriesOfOrigin: Type.Optional(
      Type.Array(
        Type.String({ pattern: '^[a-z]{2}$', rule: 'spotify:countryOfOrigin: two small letters (ISO 3166-1)' }),
        {
          maxItems: 20,
          rule: 'spotify:countryOfOrigin: at most 20 countries',
        },
      ),
    ),
    recentCount: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 10_000, description: 'how many of the newest episodes it shows' }),
    ),
  },
  { additionalProperties: false },
)
export type Spotify = Static<typeof Spotify>
