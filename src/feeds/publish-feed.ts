import type { App } from '../core/app.ts'
import { findShow } from '../shows/show.ts'
import { settleGuids } from '../shows/show-guid.ts'
import { readSource } from './feed-source.ts'
import { publishVariant } from './publish-variant.ts'
import { type RenderDocument, renderDocument } from './render-document.ts'
import { forgetVariants } from './save-pages.ts'
import { latestMoment, listVariants, waitForNext } from './variants.ts'

/**
 * The job that makes a show's feed again, in every variant and on every page that changed, and waits for the show's next
 * scheduled episode. An unchanged model leaves a document as it is, its date too. A deleted show has no feed.
 */
export async function publishFeed(app: App, { showId }: { showId: string }): Promise<void> {
  await makeFeed(app, showId, renderDocument)
}

/** The same with another way to render: `renderApart` where somebody is served meanwhile. */
export async function makeFeed(app: App, showId: string, render: RenderDocument): Promise<void> {
  const version = await app.changes.version()
  const show = await findShow(app.db, showId)
  if (!show || show.deletedAt !== null) return
  const now = app.clock.now()
  const variants = await listVariants(app.db, showId)
  const source = await readSource(app, show, latestMoment(variants, now))
  for (const variant of variants) await publishVariant(app, source, variant, { version, now, render })
  await forgetVariants(
    app,
    showId,
    variants.map(({ name }) => name),
  )
  await waitForNext(app, showId, variants, now)
}

/** Asks for every feed to be made again: after an upgrade or a new PUBLIC_URL, a changed model shows, with its final guid. */
export async function refreshFeeds(app: App): Promise<void> {
  const { db, jobs } = app
  await settleGuids(app)
  for (const { id } of await db.selectFrom('show').select('id').where('deletedAt', 'is', null).execute()) {
    await jobs.enqueue('publish-feed', { showId: id }, { key: id })
  }
}
