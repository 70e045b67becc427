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

const aspects = ['day', 'episode', 'app', 'device', 'country', 'way', 'certainty'] as const

/** Of a whole show, by one aspect at a time. */
function showDaysOf(days: readonly EpisodeDay[], showIdOf: (episodeId: string) => string): ShowDay[] {
  const rows: ShowDay[] = []
  for (const [showId, ofShow] of groupBy(days, ({ episodeId }) => showIdOf(episodeId))) {
    for (const [day, ofDay] of groupBy(ofShow, (row) => row.day)) {
      for (const aspect of aspects) {
        for (const [value, downloads] of addUp(ofDay, aspect)) rows.push({ showId, aspect, day, value, downloads })
      }
    }
  }
  return rows.filter(({ downloads }) => downloads !== 0)
}

function groupBy<Row>(rows: readonly Row[], nameOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const name = nameOf(row)
    const group = groups.get(name)
    if (group) group.push(row)
    else groups.set(name, [row])
  }
  return groups
}

function addUp(rows: readonly EpisodeDay[], aspect: (typeof aspects)[number]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const row of rows) {
    const value = aspect === 'day' ? '' : aspect === 'episode' ? row.episodeId : row[aspect]
    sums.set(value, (sums.get(value) ?? 0) + row.downloads)
  }
  return sums
}
