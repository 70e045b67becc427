import { type Static, Type } from '@fastify/type-provider-typebox'
import { HttpsUrl, MediaType, Text } from './kinds.ts'

/** `podcast:image`: a picture for a purpose. Width and height are pixels. */
export const Image = Type.Object(
  {
    url: HttpsUrl('the picture'),
    alt: Type.Optional(Text(1000, 'podcast:image: alt has 1 to 1000 characters')),
    aspectRatio: Type.Optional(
      Type.String({ pattern: '^\\d{1,5}/\\d{1,5}$', rule: 'podcast:image: aspect-ratio is width/height, like 16/9' }),
    ),
    width: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    height: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    type: Type.Optional(MediaType('podcast:image: type is a media type, like image/jpeg')),
    purpose: Type.Optional(
      Type.String({
        pattern: '^[a-z]+( [a-z]+)*$',
        maxLength: 128,
        description: 'words like artwork, social, canvas, banner, publisher, circular, poster',
        rule: 'podcast:image: purpose is small words with spaces between them, like banner social',
      }),
    ),
  },
  { additionalProperties: false },
)
export type Image = Static<typeof Image>
