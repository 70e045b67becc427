import { createHmac } from 'node:crypto'
import type { App } from '../core/app.ts'

/**
 * What stands in a private document where the subscriber's feed token goes. Nobody can guess it, so that nobody can write notes
 * into which tokens of others would be filled; and it is made of a token's own characters, so that no escaping touches it.
 */
export const tokenPlaceholder = ({ config }: Pick<App, 'config'>, showId: string): string =>
  createHmac('sha256', config.secretKey).update(`the place of a feed token of ${showId}`).digest('base64url')

/** A document between its placeholders. */
export function splitAtPlaceholder(document: Buffer, placeholder: string): Buffer[] {
  const mark = Buffer.from(placeholder)
  const parts: Buffer[] = []
  let start = 0
  for (let at = document.indexOf(mark); at !== -1; at = document.indexOf(mark, start)) {
    parts.push(document.subarray(start, at))
    start = at + mark.length
  }
  return [...parts, document.subarray(start)]
}

/** The document of whoever holds that token. */
export function fillIn(parts: readonly Buffer[], feedToken: string): Buffer {
  const token = Buffer.from(feedToken)
  return Buffer.concat(parts.flatMap((part, index) => (index === 0 ? [part] : [token, part])))
}
