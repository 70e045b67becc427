import createError from '@fastify/error'

/** The media type of a text, which must be one of these, without its parameters. Throws 415 that lists them (RFC 9110 §15.5.16). */
export function demandMediaType<Type extends string>(contentType: string, types: readonly Type[]): Type {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  const found = types.find((type) => type === mediaType)
  if (found) return found
  throw new UnsupportedText(
    `“${mediaType.slice(0, 100)}” is not taken here. Send one of these, as content-type: ${types.join(', ')}.`,
  )
}

const UnsupportedText = createError('UNSUPPORTED_TEXT', '%s', 415)
