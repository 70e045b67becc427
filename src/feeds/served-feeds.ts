import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { App } from '../core/app.ts'
import { getShowBySlug, type Show } from '../shows/show.ts'
import { createShowCache } from '../shows/show-cache.ts'
import type { Coding } from './accept-encoding.ts'
import { type DocumentName, type DocumentRow, findFeedDocument, type StoredForm } from './feed-document.ts'
import { newestPage, noSuchPage } from './pages.ts'
import { makeFeed } from './publish-feed.ts'
import { renderApart } from './render-apart.ts'
import { keepRetiredMs } from './save-pages.ts'
import { type Answers, answersOf } from './send-document.ts'
import { splitAtPlaceholder, tokenPlaceholder } from './token-placeholder.ts'
import { publicVariant, type Variant } from './variants.ts'
import { webSubLinks } from './websub-links.ts'

const gunzipAsync = promisify(gunzip)

/** Public documents and private ones each: hundreds of long feeds, or some thousand usual ones. */
const keptBytes = 48 * 1024 * 1024

/** What a kept one takes beside its bytes. */
const entryBytes = 2_000

/** What is asked for: a page of a show's feed. */
export type Asked = Readonly<{ slug: string; page: number }>

/** A document ready to be sent, or where the feed has moved to. */
export type ServedFeed = Readonly<{ answers: Answers; body: Buffer; retiredAt: number | null }>
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
      return { showId: show.id, value: movedFeed(show) ?? (await loadPublic(app, show, asked.page, coding)) }
    },
    (feed) => entryBytes + ('body' in feed ? feed.body.length : 0),
  )
  const privateFeeds = createShowCache<PrivateFeed>(
    app.changes,
    keptBytes,
    async (key) => {
      const [name, asked] = parseKey(key)
      const show = await getShowBySlug(app.db, asked.slug)
      const { row, bytes } = await load(app, { showId: show.id, variant: name, page: asked.page }, 'gzip')
      const parts = splitAtPlaceholder(await gunzipAsync(bytes), tokenPlaceholder(app, show.id))
      return { showId: show.id, value: { row, parts } }
    },
    ({ parts }) => parts.reduce((sum, part) => sum + part.length + 100, entryBytes),
  )

  function demandKept<Feed extends Readonly<{ retiredAt: number | null }>>(feed: Feed, page: number): Feed {
    if (feed.retiredAt !== null && feed.retiredAt + keepRetiredMs <= app.clock.now()) throw noSuchPage(page)
    return feed
  }

  return {
    async get(asked: Asked, coding: Coding): Promise<ServedFeed | MovedFeed> {
      const feed = await publicFeeds.get(keyOf(coding, asked))
      return 'movedTo' in feed ? feed : demandKept(feed, asked.page)
    },
    async getPrivate(asked: Asked, { name }: Variant): Promise<PrivateFeed> {
      const feed = await privateFeeds.get(keyOf(name, asked))
      demandKept(feed.row, asked.page)
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

const movedFeed = ({ newFeedUrl, feedRedirects }: Show): MovedFeed | undefined =>
  newFeedUrl !== null && feedRedirects === 1 ? { movedTo: newFeedUrl } : undefined

async function loadPublic(app: App, show: Show, page: number, coding: Coding): Promise<ServedFeed> {
  const name = { showId: show.id, variant: publicVariant.name, page }
  const { row, bytes } = await load(app, name, coding === 'br' ? 'brotli' : 'gzip')
  const headers = { 'cache-control': 'no-cache', ...(page === newestPage && webSubLinks(app.config, show)) }
  return {
    answers: answersOf(row, coding, headers),
    body: coding === 'identity' ? await gunzipAsync(bytes) : bytes,
    retiredAt: row.retiredAt,
  }
}

async function load(app: App, name: DocumentName, form: StoredForm): Promise<{ row: DocumentRow; bytes: Buffer }> {
  const { bytes, ...row } = (await findFeedDocument(app.db, name, form)) ?? (await makeFirst(app, name, form))
  if (!bytes) throw new Error(`the feed document ${JSON.stringify(name)} has no form ${form}`)
  return { row, bytes }
}

/** Older pages are made together with the newest: where that is there, they are not. */
async function makeFirst(app: App, name: DocumentName, form: StoredForm) {
  if (await findFeedDocument(app.db, { ...name, page: newestPage }, form)) throw noSuchPage(name.page)
  await makeFeed(app, name.showId, renderApart)
  const document = await findFeedDocument(app.db, name, form)
  if (!document) throw noSuchPage(name.page)
  return document
}
