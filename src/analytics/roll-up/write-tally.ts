import { sql } from 'kysely'
import type { Db, Schema } from '../../core/db.ts'
import { addCurves, type Curve, isFlat } from '../curve.ts'
import type { EpisodeDay, Tally } from '../tally.ts'
import { createByKeys, createUpsert } from './many-rows.ts'

type ShowDay = Schema['showDay']

const addEpisodeDays = createUpsert(
  'episodeDay',
  ['episodeId', 'day', 'app', 'device', 'country', 'way', 'certainty', 'downloads'],
  (insertion) =>
    insertion.onConflict((conflict) =>
      conflict
        .columns(['episodeId', 'day', 'app', 'device', 'country', 'way', 'certainty'])
        .doUpdateSet({ downloads: sql<number>`episode_day.downloads + excluded.downloads` }),
    ),
)

const addShowDays = createUpsert('showDay', ['showId', 'aspect', 'day', 'value', 'downloads'], (insertion) =>
  insertion.onConflict((conflict) =>
    conflict
      .columns(['showId', 'aspect', 'day', 'value'])
      .doUpdateSet({ downloads: sql<number>`show_day.downloads + excluded.downloads` }),
  ),
)

const putCurves = createUpsert(
  'episodeCurve',
  ['episodeId', 'downloads', 'firstDays', 'streaming', 'download'],
  (insertion) =>
    insertion.onConflict((conflict) =>
      conflict.column('episodeId').doUpdateSet({
        downloads: sql<number>`excluded.downloads`,
        firstDays: sql<string>`excluded.first_days`,
        streaming: sql<string>`excluded.streaming`,
        download: sql<string>`excluded.download`,
      }),
    ),
)

const findCurves = createByKeys((db, keys) =>
  db.selectFrom('episodeCurve').selectAll().where('episodeId', 'in', keys).compile(),
)

/** Adds what was counted to what reports are made of. In the transaction that moves the cursor. */
export async function writeDays(db: Db, { days }: Tally, showIdOf: (episodeId: string) => string): Promise<void> {
  const changed = [...days.values()].filter(({ downloads }) => downloads !== 0)
  await addEpisodeDays(db, changed)
  await addShowDays(db, showDaysOf(changed, showIdOf))
}

/** The same for the curves of episodes: added to what is stored. */
export async function addToCurves(db: Db, { curves }: Tally): Promise<void> {
  const changed = new Map([...curves].filter(([, curve]) => !isFlat(curve)))
  for (const row of await findCurves(db, [...changed.keys()])) {
    changed.set(row.episodeId, addCurves(parseCurve(row), changed.get(row.episodeId) as Curve))
  }
  await storeCurves(db, changed)
}

/** In place of what is stored. */
export const storeCurves = (db: Db, curves: ReadonlyMap<string, Curve>): Promise<void> =>
  putCurves(
    db,
    [...curves].map(([episodeId, { downloads, firstDays, streaming, download }]) => ({
      episodeId,
      downloads,
      firstDays: JSON.stringify(firstDays),
      streaming: JSON.stringify(streaming),
      download: JSON.stringify(download),
    })),
  )

export const parseCurve = ({ downloads, firstDays, streaming, download }: Schema['episodeCurve']): Curve => ({
  downloads,
  firstDays: JSON.parse(firstDays),
  streaming: JSON.parse(streaming),
  download: JSON.parse(download),
})

/** Of a whole show, by one aspect at a time. */
function showDaysOf(days: readonly EpisodeDay[], showIdOf: (episodeId: string) => string): ShowDay[] {
  const rows = new Map<string, ShowDay>()
  for (const { episodeId, day, downloads, app, device, country, way, certainty } of days) {
    const showId = showIdOf(episodeId)
    const aspects = { day: '', episode: episodeId, app, device, country, way, certainty }
    for (const [aspect, value] of Object.entries(aspects)) {
      const key = [showId, aspect, day, value].join('\n')
      const known = rows.get(key)
      if (known) known.downloads += downloads
      else rows.set(key, { showId, aspect, day, value, downloads })
    }
  }
  return [...rows.values()].filter(({ downloads }) => downloads !== 0)
}
