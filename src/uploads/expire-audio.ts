import type { ExpressionBuilder } from 'kysely'
import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'
import { keepRetiredMs } from '../shows/rendition.ts'

/**
 * Has the rows let go of objects that are not kept any more: audio that was replaced 30 days ago, and audio and originals of
 * episodes and shows that were deleted then. The rows of renditions stay, because downloads name them. The objects go when no
 * row names them at all: renditions of the same bytes share one.
 */
export async function expireAudio({ db, clock }: App): Promise<void> {
  const now = clock.now()
  await retireForgotten(db, now)
  await expireRenditions(db, now)
  await expireOriginals(db, now)
}

/** Of audio that is not served nobody may have noted since when: its time begins now. */
async function retireForgotten(db: Db, now: number): Promise<void> {
  await db
    .updateTable('rendition')
    .set({ retiredAt: now })
    .where('retiredAt', 'is', null)
    .where((rendition) => rendition.not(isServed(rendition)))
    .execute()
}

async function expireRenditions(db: Db, now: number): Promise<void> {
  const before = now - keepRetiredMs
  await db
    .updateTable('rendition')
    .set({ removedAt: now })
    .where('removedAt', 'is', null)
    .where((rendition) =>
      rendition.or([
        rendition.and([rendition('retiredAt', '<', before), rendition.not(isServed(rendition))]),
        rendition('episodeId', 'in', deletedEpisodes(db, before)),
      ]),
    )
    .execute()
}

async function expireOriginals(db: Db, now: number): Promise<void> {
  await db
    .updateTable('upload')
    .set({ originalKey: null })
    .where('originalKey', 'is not', null)
    .where('episodeId', 'in', deletedEpisodes(db, now - keepRetiredMs))
    .execute()
}

/** As the enclosure, or beside it: of alternates only the row tells that another took their place. */
const isServed = ({ exists, selectFrom }: ExpressionBuilder<Schema, 'rendition'>) =>
  exists(
    selectFrom('episode')
      .select('episode.id')
      .whereRef('episode.id', '=', 'rendition.episodeId')
      .where(({ and, eb, or, ref }) =>
        or([
          eb('episode.renditionId', '=', ref('rendition.id')),
          and([
            eb('episode.renditionId', '=', ref('rendition.alternateOf')),
            eb(ref('rendition.retiredAt'), 'is', null),
          ]),
        ]),
      ),
  )

/** The ids of those that were deleted before that instant, by themselves or with their show. */
const deletedEpisodes = (db: Db, before: number) =>
  db
    .selectFrom('episode')
    .innerJoin('show', 'show.id', 'episode.showId')
    .select('episode.id')
    .where(({ or, eb }) => or([eb('episode.deletedAt', '<', before), eb('show.deletedAt', '<', before)]))
