import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { sessionCookie } from '../accounts/authenticate.ts'
import { createSession, deleteSession, findSession, sessionSeconds } from '../accounts/sessions.ts'
import { adminUrl, pathOf } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { AppError } from '../core/errors.ts'
import { typedFields } from './forms.ts'
import { sendPage } from './send-page.ts'
import { signInPage } from './sign-in-page.tsx'

/** Whether the browser that asks has a session. */
export async function isSignedIn(app: App, request: FastifyRequest): Promise<boolean> {
  const secret = request.cookies[sessionCookie]
  return secret !== undefined && (await findSession(app, secret)) !== undefined
}

/** Opening and ending a session. */
export const signInRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const home = pathOf(adminUrl(app.config))
    const cookie = {
      path: '/',
      httpOnly: true,
      sameSite: 'strict' as const,
      secure: app.config.publicUrl.startsWith('https:'),
    }

    web.post('/sign-in', async (request, reply) => {
      const { token = '' } = typedFields(request.body)
      try {
        const secret = await createSession(app, token.trim())
        return reply.setCookie(sessionCookie, secret, { ...cookie, maxAge: sessionSeconds }).redirect(home, 303)
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'unauthorized') throw error
        reply.code(401).header('www-authenticate', 'Bearer realm="Longwave"')
        return sendPage(reply, signInPage(error.message))
      }
    })

    // Where a browser stands after a refused sign-in: loading that address again must lead somewhere.
    web.get('/sign-in', async (_request, reply) => reply.redirect(home, 303))

    web.post('/sign-out', async (request, reply) => {
      const secret = request.cookies[sessionCookie]
      if (secret) await deleteSession(app, secret)
      return reply.clearCookie(sessionCookie, cookie).redirect(home, 303)
    })
  }
