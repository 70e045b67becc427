import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { App } from '../core/app.ts'
import type { Schema } from '../core/db.ts'
import { feedKey } from '../shows/change-keys.ts'
import { findShow, type Show } from '../shows/show.ts'
import { type FeedModel, feedModel } from './feed-model.ts'
import { feedXml, rendererVersion } from './feed-xml.ts'

const shortestWaitMs = 250

export type FeedDocument = Selectable<Schema['feedDocument']>

/**
 * The job that makes a show's feed document again, and waits for the show's next scheduled episode.
 * An unchanged model leaves the document as it is, its date too. A deleted show has no feed.
 */
export async function publishFeed(app: App, { showId }: { showId: string }): Promise<void> {
  const show = await findShow(app.db, showId)
  if (!show || show.deletedAt !== null) return
  const version = await app.changes.version()
  const now = app.clock.now()
  const model = await feedModel(app, show, now)
  const modelHash = hashOf(model)
  const stored = await findFeedDocument(app, showId)
  if (stored?.modelHash !== modelHash) {
    const modifiedAt = laterThan(stored?.modifiedAt, now)
    await saveDocument(app, { showId, xml: feedXml(model, modifiedAt), modelHash, version, modifiedAt })
  }
  await waitForNext(app, show, now)
}

/** Asks for every feed to be made again: after an upgrade or a new PUBLIC_URL, a changed model shows. */
export async function refreshFeeds({ db, jobs }: App): Promise<void> {
  for (const { id } of await db.selectFrom('show').select('id').where('deletedAt', 'is', null).execute()) {
    await jobs.enqueue('publish-feed', { showId: id }, { key: id })
  }
}

export const findFeedDocument = ({ db }: App, showId: string): Promise<FeedDocument | undefined> =>
  db.selectFrom('feedDocument').selectAll().where('showId', '=', showId).executeTakeFirst()

const hashOf = (model: FeedModel): string =>
  createHash('sha256')
    .update(JSON.stringify([rendererVersion, model]))
    .digest('hex')
    .slice(0, 32)

/** HTTP dates have whole seconds, and some apps ask by date alone: each change gets a second of its own. */
const laterThan = (last: number | undefined, now: number): number =>
  last === undefined ? now : Math.max(now, Math.floor(last / 1000) * 1000 + 1000)

/** An older build, from before a change that another worker has seen, never replaces a newer one. */
async function saveDocument({ db, changes }: App, document: FeedDocument): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('feedDocument')
      .values(document)
      .onConflict((conflict) =>
        conflict.column('showId').doUpdateSet(document).where('feedDocument.version', '<=', document.version),
      )
      .execute()
    await changes.mark(transaction, feedKey(document.showId))
  })
}

async function waitForNext({ db, jobs }: App, show: Show, now: number): Promise<void> {
  const next = await db
    .selectFrom('episode')
    .select('publishAt')
    .where('showId', '=', show.id)
    .where('deletedAt', 'is', null)
    .where('publishAt', '>', now)
    .orderBy('publishAt')
    .limit(1)
    .executeTakeFirst()
  if (!next?.publishAt) return
  // Jobs go by the database's clock: where ours is behind, this would else run again and again until they agree.
  const runAt = Math.max(next.publishAt, now + shortestWaitMs)
  await jobs.enqueue('publish-feed', { showId: show.id }, { key: show.id, runAt })
}
