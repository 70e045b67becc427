import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { App } from '../core/app.ts'
import { feedRedirect } from '../shows/feed-redirect.ts'
import { getShowBySlug } from '../shows/show.ts'
import { createShowCache } from '../shows/show-cache.ts'
import type { Coding } from './accept-encoding.ts'
import type { DocumentRow } from './feed-document.ts'
import { loadDocument, loadPublicFeed, type ServedFeed } from './load-feed.ts'
import { noSuchPage } from './pages.ts'
import { keepRetiredMs } from './retired-pages.ts'
import { splitAtPlaceholder, tokenPlaceholder } from './token-placeholder.ts'
import type { Variant } from './variants.ts'

const gunzipAsync = promisify(gunzip)

/** Public documents and private ones each: hundreds of long feeds, or some thousand usual ones. */
const keptBytes = 48 * 1024 * 1024

/** What a kept one takes beside its bytes. */
const entryBytes = 2_000

/** What is asked for: a page of a show's feed. */
export type Asked = Readonly<{ slug: string; page: number }>

/** Where the feed has moved to. */
export type MovedFeed = Readonly<{ movedTo: string }>

/** A private document between the places of the token. */
export type PrivateFeed = Readonly<{ row: DocumentRow; parts: readonly Buffer[] }>

export type ServedFeeds = ReturnType<typeof createServedFeeds>

/**
 * Feeds kept ready in this process until they change. They throw `not-found` and `gone`. One that was never made, because no worker
 * runs yet, is made here.
 */
export function createServedFeeds(app: App) {
  const publicFeeds = createShowCache<ServedFeed | MovedFeed>(
    app.changes,
    keptBytes,
    async (key) => {
      const [coding, asked] = parseKey(key) as [Coding, Asked]
      const show = await getShowBySlug(app.db, asked.slug)
      const movedTo = feedRedirect(show)
      return { showId: show.id, value: movedTo ? { movedTo } : await loadPublicFeed(app, show, asked.page, coding) }
    },
    (feed) => entryBytes + ('body' in feed ? feed.body.length : 0),
  )
  const privateFeeds = createShowCache<PrivateFeed>(
    app.changes,
    keptBytes,
    async (key) => {
      const [name, asked] = parseKey(key)
      const show = await getShowBySlug(app.db, asked.slug)
      const { row, bytes } = await loadDocument(app, { showId: show.id, variant: name, page: asked.page }, 'gzip')
      const parts = splitAtPlaceholder(await gunzipAsync(bytes), tokenPlaceholder(app, show.id))
      return { showId: show.id, value: { row, parts } }
    },
    ({ parts }) => parts.reduce((sum, part) => sum + part.length + 100, entryBytes),
  )

  function demandKept(retiredAt: number | null, page: number): void {
    if (retiredAt !== null && retiredAt + keepRetiredMs <= app.clock.now()) throw noSuchPage(page)
  }

  return {
    /** At once where it is kept, because a promise more is felt at that rate. */
    get: (asked: Asked, coding: Coding): ServedFeed | MovedFeed | Promise<ServedFeed | MovedFeed> =>
      publicFeeds.getNow(keyOf(coding, asked)),
    /** Throws `not-found` for a page whose day is over. */
    demandKept,
    async getPrivate(asked: Asked, { name }: Variant): Promise<PrivateFeed> {
      const feed = await privateFeeds.get(keyOf(name, asked))
      demandKept(feed.row.retiredAt, asked.page)
      return feed
    },
    close() {
      publicFeeds.close()
      privateFeeds.close()
    },
  }
}

/** Slugs hold no spaces; whatever is asked for may. */
const keyOf = (kind: string, { page, slug }: Asked) => `${kind} ${page} ${slug}`

function parseKey(key: string): [string, Asked] {
  const [kind = '', page, ...slug] = key.split(' ')
  return [kind, { page: Number(page), slug: slug.join(' ') }]
}
