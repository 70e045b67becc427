import type { FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { forbidden, unauthorized } from '../core/errors.ts'
import { tryParseUrl } from '../core/try-parse-url.ts'
import { findApiToken } from './api-tokens.ts'
import { findSession } from './sessions.ts'

export const sessionCookie = 'longwave_session'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Who asks: a program by `Authorization: Bearer` (RFC 6750), a browser by its session cookie. Returns the API token's id.
 * Throws `unauthorized`, and `forbidden` when another site makes a browser write here.
 */
export async function authenticate(app: App, request: FastifyRequest): Promise<string> {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer) {
    const known = await findApiToken(app.db, bearer)
    if (!known) throw unauthorized('This API token is not known. Check the Authorization header.')
    return known
  }
  const secret = request.cookies[sessionCookie]
  const known = secret && (await findSession(app, secret))
  if (!known) throw unauthorized('Send an API token: Authorization: Bearer <token>.')
  demandSameOrigin(app, request)
  return known
}

/**
 * Keeps other sites from writing with a visitor's cookie. Browsers say where a request comes from in `Sec-Fetch-Site`
 * (W3C Fetch Metadata), older ones in `Origin`; the cookie is SameSite=Strict besides.
 */
export function demandSameOrigin(app: App, request: FastifyRequest): void {
  if (safeMethods.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const own = site
    ? site === 'same-origin'
    : origin !== undefined && (origin === app.config.publicUrl || hostOf(origin) === request.headers.host)
  if (!own) throw forbidden('This request came from another site. Use the forms of this station itself.')
}

const hostOf = (origin: string) => tryParseUrl(origin)?.host
