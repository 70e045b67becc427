import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { getShowBySlug } from '../shows/show.ts'
import { createShowCache } from '../shows/show-cache.ts'
import { type FeedDocument, findFeedDocument, publishFeed } from './publish-feed.ts'

const compress = promisify(gzip)
const keptFeeds = 500

/** A feed document ready to be sent. */
export type ServedFeed = Readonly<{
  xml: Buffer
  gzipped: Buffer
  /** What the entity tags of both codings begin with. */
  tag: string
  /** Epoch milliseconds. */
  modifiedAt: number
}>

/** Feeds by slug, kept ready in this process until they change. `get` throws `not-found` and `gone`. */
export const createServedFeeds = (app: App) =>
  createShowCache<ServedFeed>(app.changes, keptFeeds, async (slug) => {
    const show = await getShowBySlug(app.db, slug)
    const { xml, modelHash, modifiedAt } = (await findFeedDocument(app, show.id)) ?? (await makeFirst(app, show.id))
    const bytes = Buffer.from(xml)
    return { showId: show.id, value: { xml: bytes, gzipped: await compress(bytes), tag: modelHash, modifiedAt } }
  })

/** A show whose feed was never made, because no worker runs yet, gets it made here. */
async function makeFirst(app: App, showId: string): Promise<FeedDocument> {
  await publishFeed(app, { showId })
  const document = await findFeedDocument(app, showId)
  if (!document) throw notFound('feed', showId)
  return document
}
