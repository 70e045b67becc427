import { createHash } from 'node:crypto'

/**
 * An address as nginx's secure_link module checks it, with `secure_link $arg_md5,$arg_expires` and
 * `secure_link_md5 "$secure_link_expires$uri SECRET"` (ngx_http_secure_link_module). `$uri` is the path without its percents.
 * `expiresAt`: epoch ms.
 */
export function secureLink(url: string, secret: string, expiresAt: number): string {
  const expires = Math.floor(expiresAt / 1000)
  const uri = decodeURIComponent(new URL(url).pathname)
  const md5 = createHash('md5').update(`${expires}${uri} ${secret}`).digest('base64url')
  return `${url}?md5=${md5}&expires=${expires}`
}
