import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import type { JobRun } from '../core/jobs.ts'

const delayMs = 60_000

const episodeFacts: readonly (keyof Schema['episode'])[] = ['title', 'notes', 'number', 'artworkId', 'publishAt']
const showFacts: readonly (keyof Schema['show'])[] = ['title', 'author', 'language', 'artworkId']

/** Whether a change of an episode may concern what its audio's tags say. */
export const changesTags = (change: Partial<Schema['episode']>): boolean => episodeFacts.some((fact) => fact in change)

/** The same for a change of a show. */
export const changesShowTags = (change: Partial<Schema['show']>): boolean => showFacts.some((fact) => fact in change)

/**
 * Has the tags of an episode's audio made anew, in the transaction of the change. The job runs a minute after the *first* of
 * several edits, because more of them do not put a waiting job off, and reads what is written then. An edit that comes while
 * it runs has it run once more. If the tags stay as they are, it changes nothing.
 */
export const retagSoon = (app: App, db: Db, episodeId: string): Promise<void> =>
  app.jobs.enqueue('retag-episode', { episodeId }, { db, key: episodeId, runAt: app.clock.now() + delayMs })

/** The same for all episodes of a show: one statement here, however many they are. */
export const retagShowSoon = (app: App, db: Db, showId: string): Promise<void> =>
  app.jobs.enqueue('retag-show', { showId }, { db, key: showId, runAt: app.clock.now() + delayMs })

/** The job that has each episode of a show retagged, newest first; each by a job of its own. Run twice it does no harm. */
export async function retagShow({ db, jobs }: App, { showId }: { showId: string }, { signal }: JobRun): Promise<void> {
  const episodes = await db
    .selectFrom('episode')
    .select('id')
    .where('showId', '=', showId)
    .where('renditionId', 'is not', null)
    .where('deletedAt', 'is', null)
    .orderBy('id', 'desc')
    .execute()
  for (const { id } of episodes) {
    signal.throwIfAborted()
    await jobs.enqueue('retag-episode', { episodeId: id }, { key: id })
  }
}
