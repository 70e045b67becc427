import { setImmediate } from 'node:timers/promises'
import type { Db } from '../../core/db.ts'
import { addDays } from '../day.ts'
import { daysOf, type Period } from './period.ts'

/** By what downloads are told apart. */
export const aspects = ['day', 'episode', 'app', 'device', 'country', 'way', 'certainty'] as const
export type Aspect = (typeof aspects)[number]

/** Those of one episode. */
export const episodeAspects = ['day', 'app', 'device', 'country', 'way', 'certainty'] as const
export type EpisodeAspect = (typeof episodeAspects)[number]

/** `key`: a day, an episode's id, the name of an app, a country (ISO 3166-1 alpha-2) …, or `unknown`. */
export type Row = Readonly<{ key: string; downloads: number }>

/** SQLite holds its thread while it answers: a show of a thousand episodes has so many rows in a day. */
const daysAtOnce = 10

/** The counted downloads of a show in those days: of each day, also those without any, in order; else the most first. */
export const countShowDownloads = (db: Db, showId: string, by: Aspect, period: Period): Promise<Row[]> =>
  addUp(by, period, ({ from, to }) =>
    db
      .selectFrom('showDay')
      .select(({ fn }) => [by === 'day' ? 'day as key' : 'value as key', fn.sum<number>('downloads').as('downloads')])
      .where('showId', '=', showId)
      .where('aspect', '=', by)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy(by === 'day' ? 'day' : 'value')
      .execute(),
  )

/** The same of one episode. */
export const countEpisodeDownloads = (db: Db, episodeId: string, by: EpisodeAspect, period: Period): Promise<Row[]> =>
  addUp(by, period, ({ from, to }) =>
    db
      .selectFrom('episodeDay')
      .select(({ fn }) => [`${by} as key` as const, fn.sum<number>('downloads').as('downloads')])
      .where('episodeId', '=', episodeId)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy(by)
      .execute(),
  )

export const totalOf = (rows: readonly Row[]): number => rows.reduce((sum, { downloads }) => sum + downloads, 0)

async function addUp(by: Aspect, period: Period, count: (part: Period) => Promise<Row[]>): Promise<Row[]> {
  const sums = new Map(by === 'day' ? daysOf(period).map((day) => [day, 0]) : [])
  for (let from = period.from; from <= period.to; from = addDays(from, daysAtOnce)) {
    const last = addDays(from, daysAtOnce - 1)
    const rows = await count({ from, to: last < period.to ? last : period.to })
    for (const { key, downloads } of rows) sums.set(key, (sums.get(key) ?? 0) + Number(downloads))
    await setImmediate()
  }
  const rows = [...sums].map(([key, downloads]) => ({ key, downloads }))
  return by === 'day' ? rows : rows.filter(({ downloads }) => downloads !== 0).sort(byDownloads)
}

const byDownloads = (one: Row, other: Row) => other.downloads - one.downloads || (one.key < other.key ? -1 : 1)
