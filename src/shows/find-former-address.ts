import { episodeUrl, feedUrl, showUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { feedRedirect } from './feed-redirect.ts'
import { slugPath } from './former-address.ts'
import { findRenamedEpisode } from './former-episode.ts'
import { isOurs, normalPath } from './former-path.ts'
import { findShowBySlug, type Show } from './show.ts'

type Place = Pick<Show, 'id' | 'slug' | 'newFeedUrl' | 'feedRedirects'>

/**
 * Where that is now which was there before: an absolute address; undefined where nothing was. `url` is path and query as they were
 * asked for, of an address that nothing answers at. It looks up few keys, so that it may be asked for whatever is missing.
 */
export async function findFormerAddress(app: App, url: string): Promise<string | undefined> {
  const [, path = '', query = ''] = /^([^?]*)(.*)$/s.exec(url) ?? []
  const [, slug, below = ''] = /^\/shows\/([^/]+)(.*)$/s.exec(path) ?? []
  if (slug !== undefined) return findBelowShow(app, slug, below, query)
  if (!path.startsWith('/') || isOurs(path)) return undefined
  const place = await findPlace(app.db, normalPath(path))
  return place && placeOfFeed(app.config, place)
}

/** In one step, also when the show and its episode were both renamed, or its feed has moved on from here. */
async function findBelowShow(app: App, slug: string, below: string, query: string): Promise<string | undefined> {
  const { config, db } = app
  const former = await findPlace(db, slugPath(slug))
  const episodeSlug = /^\/episodes\/([^/]+)\/?$/.exec(below)?.[1]
  if (episodeSlug !== undefined) {
    const show = former ?? (await findShowBySlug(db, slug))
    const renamed = show && (await findRenamedEpisode(app, show.id, episodeSlug))
    if (show && renamed !== undefined) return whole(episodeUrl(config, show.slug, renamed), query)
  }
  if (!former) return undefined
  const feed = /^\/feed\.xml\/?$/.test(below) ? feedRedirect(former) : undefined
  return feed ?? whole(showUrl(config, former.slug) + below, query)
}

const findPlace = (db: Db, path: string): Promise<Place | undefined> =>
  db
    .selectFrom('formerAddress')
    .innerJoin('show', 'show.id', 'formerAddress.showId')
    .select(['show.id', 'slug', 'newFeedUrl', 'feedRedirects'])
    .where('path', '=', path)
    .executeTakeFirst()

const placeOfFeed = (config: App['config'], place: Place): string => feedRedirect(place) ?? feedUrl(config, place.slug)

/** Made anew of its parts, so that nothing but an address can be in a header. */
const whole = (address: string, query: string): string => new URL(address + query).href
