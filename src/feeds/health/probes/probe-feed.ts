import type { App } from '../../../core/app.ts'
import type { Facts } from '../facts.ts'
import { ask } from './ask.ts'

/** What is wrong with how the feed answers; empty: nothing. Rejects when nobody answers. */
export async function probeFeed(app: App, { model, isRedirected }: Facts, signal: AbortSignal): Promise<string[]> {
  const { status, headers, redirects } = await ask(app, model.feedUrl, { method: 'GET', signal })
  if (isRedirected) return redirects > 0 ? [] : ['does not send on to where it has moved']
  if (status !== 200) return [`answers ${status}, not 200`]
  const etag = headers.get('etag')
  const again = etag && (await ask(app, model.feedUrl, { method: 'GET', headers: { 'if-none-match': etag }, signal }))
  return [
    ...(redirects === 0
      ? []
      : ['is redirected: directories remember where it is, so PUBLIC_URL should be that address']),
    ...(headers.get('content-type')?.startsWith('application/rss+xml') ? [] : ['is not application/rss+xml']),
    ...(again && again.status === 304 ? [] : ['does not answer 304 when it has not changed']),
  ]
}

/** The same for the cover: whoever shows it asks with HEAD first. */
export async function probeCover(app: App, { model }: Facts, signal: AbortSignal): Promise<string[]> {
  const { status, headers } = await ask(app, model.imageUrl, { method: 'HEAD', signal })
  if (status !== 200) return [`answers ${status} to HEAD, not 200`]
  const type = headers.get('content-type') ?? ''
  return /^image\/(jpeg|png)$/.test(type) ? [] : [`is ${type || 'of no type'}, not a JPEG or PNG`]
}
