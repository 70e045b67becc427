import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import type { JobRun } from '../core/jobs.ts'
import { retireAlternatesOfShow } from './alternate.ts'
import type { Episode } from './episode.ts'
import type { Rendition } from './rendition.ts'
import type { Show } from './show.ts'

const leastKbps = 32

/** The bit rate of the AAC beside audio of so many channels; undefined where the show asks for none. */
export function aacRate({ aacKbps }: Pick<Show, 'aacKbps'>, { channels }: Pick<Rendition, 'channels'>) {
  if (aacKbps === null) return undefined
  return channels === 1 ? Math.max(leastKbps, Math.round(aacKbps / 2)) : aacKbps
}

/**
 * Has the audio that an episode serves get its AAC, or the AAC its new tags, if the show asks for it: in the transaction of
 * whatever changes that audio.
 */
export async function addAac(app: App, db: Db, { id, showId }: Pick<Episode, 'id' | 'showId'>): Promise<void> {
  const show = await db.selectFrom('show').select('aacKbps').where('id', '=', showId).executeTakeFirstOrThrow()
  if (show.aacKbps !== null) await app.jobs.enqueue('add-aac', { episodeId: id }, { db, key: id })
}

/** What follows from another bit rate: all episodes get their AAC by and by, or with null none has one any more. */
export async function changeAac(app: App, db: Db, showId: string, aacKbps: number | null): Promise<void> {
  if (aacKbps === null) await retireAlternatesOfShow(db, showId, app.clock.now())
  else await app.jobs.enqueue('add-aac-to-show', { showId }, { db, key: showId })
}

/** The job that has each episode of a show get its AAC, newest first; each by a job of its own. Run twice it does no harm. */
export async function addAacToShow(
  { db, jobs }: App,
  { showId }: { showId: string },
  { signal }: JobRun,
): Promise<void> {
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
    await jobs.enqueue('add-aac', { episodeId: id }, { key: id })
  }
}
