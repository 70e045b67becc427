import type { App } from '../core/app.ts'
import { invalid } from '../core/errors.ts'
import { tryParseUrl } from '../core/try-parse-url.ts'
import { findFormerAddress } from './find-former-address.ts'
import { findShowBySlug, type Show } from './show.ts'

const longestAddress = 2000

/**
 * The address that a show's feed moves to. Throws `invalid` with the rule that is broken; leading subscribers back to this show
 * is one, by whatever address.
 */
export async function parseMoveTarget(app: App, show: Show, text: string): Promise<string> {
  const url = tryParseUrl(text)
  if (url?.protocol !== 'https:') throw mistake('must begin with https://')
  if (url.username || url.password) throw mistake('must hold no user name and no password: feeds are public')
  if (url.hash) throw mistake('must have no #: it is the address of a document')
  if (url.href.length > longestAddress) throw mistake(`must have at most ${longestAddress} characters`)
  const target = await findShowAt(app, url)
  if (target?.id === show.id) throw mistake('must not lead back to this show: its subscribers would turn in a circle')
  if (target && target.newFeedUrl !== null) {
    throw mistake(`must not be that of “${target.title}”, which has moved itself: give the one that it moved to`)
  }
  return url.href
}

/** The show of this station that answers there, or answers from where that leads to. */
async function findShowAt(app: App, url: URL): Promise<Show | undefined> {
  if (url.host !== new URL(app.config.publicUrl).host) return undefined
  const former = await findFormerAddress(app, url.pathname)
  const { pathname } = former ? new URL(former) : url
  const slug = /^\/shows\/([^/]+)/.exec(pathname)?.[1]
  return slug === undefined ? undefined : findShowBySlug(app.db, slug)
}

const mistake = (rule: string) => invalid(`The new address ${rule}. Write it like https://example.com/feed.xml.`, 'to')
