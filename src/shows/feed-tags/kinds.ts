import { type TSchema, Type } from '@fastify/type-provider-typebox'

/** Some character that can be seen: of control characters alone, nothing would be left in a feed. */
export const visible = '[^\\s\\p{C}]'

/** A text of that many characters at most; `rule` is what a problem tells who broke it. */
export const Text = (maxLength: number, rule: string, description?: string) =>
  Type.String({ minLength: 1, maxLength, pattern: visible, rule, ...(description && { description }) })

/** Of a season or an episode; a date like 20261224 is one too. */
export const Numeral = (rule: string) => Type.Integer({ minimum: 1, maximum: 999_999_999, rule })

/** Of any passage: as long as a hundred hours. */
export const longestSeconds = 360_000

/** Podcast namespace: every hyperlink is https. */
export const HttpsUrl = (description: string) =>
  Type.String({
    pattern: '^https://[^\\s\\p{C}<>"\\\\^`{|}]+$',
    maxLength: 2000,
    description,
    rule: 'links of the podcast namespace begin with https:// (https://podcasting2.org/docs/podcast-namespace)',
  })

/** One of these words. */
export const Word = <const T extends string>(words: readonly T[], rule: string, description?: string) =>
  Type.Unsafe<T>(Type.String({ enum: [...words], rule, ...(description && { description }) }))

export const Uuid = (description: string) =>
  Type.String({
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
    description,
    rule: 'the guid of a feed is a UUID in small letters',
  })

export const MediaType = (rule: string) =>
  Type.String({
    pattern: '^[a-zA-Z0-9!#$&^_.+-]+/[a-zA-Z0-9!#$&^_.+-]+(;\\s*[^\\s]+)?$',
    maxLength: 127,
    description: 'media type, like audio/opus',
    rule,
  })

export const ListOf = <T extends TSchema>(schema: T, maxItems: number, rule: string, description?: string) =>
  Type.Array(schema, { maxItems, rule, ...(description && { description }) })
