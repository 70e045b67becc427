import { type Static, Type } from '@fastify/type-provider-typebox'
import { MediaType, Text, Word } from './kinds.ts'

const Source = Type.Object(
  {
    uri: Text(2000, 'podcast:source: uri is an address', 'https, ipfs, magnet …'),
    contentType: Type.Optional(MediaType('podcast:source: contentType is a media type, like application/x-bittorrent')),
  },
  { additionalProperties: false },
)

const Integrity = Type.Object(
  {
    type: Word(['sri', 'pgp-signature'], 'podcast:integrity: type is sri or pgp-signature'),
    value: Text(8000, 'podcast:integrity: value is the hash, like sha384-…, or the signature'),
  },
  { additionalProperties: false },
)

/** `podcast:alternateEnclosure`: another form of the episode that is kept elsewhere, like a video. Own ones are added by themselves. */
export const AlternateEnclosure = Type.Object(
  {
    type: MediaType('podcast:alternateEnclosure: type is a media type, like video/mp4'),
    bytes: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
    bitrate: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 1e12, description: 'bit/s' })),
    height: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000, description: 'of a video, pixels' })),
    language: Type.Optional(Type.String({ minLength: 2, maxLength: 35, description: 'language tag (BCP 47)' })),
    title: Type.Optional(Text(32, 'podcast:alternateEnclosure: a title has 1 to 32 characters')),
    rel: Type.Optional(Text(32, 'podcast:alternateEnclosure: rel has 1 to 32 characters')),
    codecs: Type.Optional(Text(255, 'podcast:alternateEnclosure: codecs is a list as in RFC 6381')),
    sources: Type.Array(Source, { minItems: 1, maxItems: 20, rule: 'podcast:alternateEnclosure: 1 to 20 sources' }),
    integrity: Type.Optional(Integrity),
  },
  { additionalProperties: false },
)
export type AlternateEnclosure = Static<typeof AlternateEnclosure>
