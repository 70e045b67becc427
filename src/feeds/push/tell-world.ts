import type { App } from '../../core/app.ts'
import type { Db } from '../../core/db.ts'
import type { Episode } from '../../shows/episode.ts'
import type { FeedItem } from '../feed-model.ts'
import type { FeedSource } from '../feed-source.ts'
import { enqueuePushes, silenceOf } from './push.ts'
import { isEdit, reasonsToPush } from './reasons.ts'
import { anEdit, targetsOf } from './targets.ts'
import { findTold, saveTold, toldOf } from './told-feed.ts'

/** A series of edits is one message. */
const editsMs = 5 * 60 * 1000

/** A public feed as it is stored by the transaction. */
export type SavedFeed = Readonly<{
  source: Pick<FeedSource, 'show' | 'episodes' | 'liveItems'>
  /** Those of all pages. */
  items: readonly Pick<FeedItem, 'guid'>[]
  /** The document at its own address is another now. */
  isNewAtItsAddress: boolean
}>

/**
 * Announces the episodes that are in the public feed for the first time, and writes the messages that tell the world of it. Call it
 * in the transaction that stores the feed, when no other build of it can come between: so each is told once, and nothing of what
 * was rolled back. The messages are sent after the commit, so what they tell of is what the feed answers.
 */
export async function tellWorld(app: App, db: Db, { source, items, isNewAtItsAddress }: SavedFeed): Promise<void> {
  const { show, episodes, liveItems } = source
  const guids = items.map(({ guid }) => guid)
  const announced = await announce(db, episodesIn(episodes, guids), app.clock.now())
  const before = await findTold(db, show.id)
  const after = toldOf(guids, liveItems)
  await saveTold(db, show.id, after)
  if (silenceOf(show)) return
  const change = { before, after, announced, isNewAtItsAddress }
  const news = { reasons: reasonsToPush(change), hasNewEpisodes: announced > 0 }
  await enqueuePushes(app, db, show.id, targetsOf(app.config, news))
  if (isEdit(change, guids.length > 0)) await tellOfEditSoon(app, db, show.id)
}

/** Another build may have announced one of them since they were read. */
async function announce(db: Db, episodes: readonly Episode[], now: number): Promise<number> {
  const fresh = episodes.filter(({ announcedAt }) => announcedAt === null)
  let announced = 0
  for (const { id } of fresh) {
    const result = await db
      .updateTable('episode')
      .set({ announcedAt: now })
      .where('id', '=', id)
      .where('announcedAt', 'is', null)
      .executeTakeFirst()
    announced += Number(result.numUpdatedRows)
  }
  return announced
}

/** Rows are read for private feeds too, which have some earlier. */
function episodesIn(episodes: readonly Episode[], guids: readonly string[]): Episode[] {
  const known = new Set(guids)
  return episodes.filter(({ guid }) => known.has(guid))
}

async function tellOfEditSoon({ jobs, clock, config }: App, db: Db, showId: string): Promise<void> {
  if (targetsOf(config, anEdit).length === 0) return
  const now = clock.now()
  await jobs.enqueue('tell-edit', { showId, editedAt: now }, { db, key: showId, runAt: now + editsMs })
}
