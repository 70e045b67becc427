import type { Db } from '../../core/db.ts'
import type { Aspect } from '../schemas.ts'
import { type DayRange, inParts } from './day-range.ts'

type Counts = Map<string, number>

/** Counted downloads of a show within those days, by the values of one aspect; by day those of days that have some. */
export function countShowDownloads(
  db: Db,
  showId: string,
  { by, ...range }: DayRange & Readonly<{ by: Aspect }>,
): Promise<Counts> {
  const name = by === 'day' ? 'day' : 'value'
  return addUp(range, ({ from, to }) =>
    db
      .selectFrom('showDay')
      .select([`${name} as name`, ({ fn }) => fn.sum<number>('downloads').as('downloads')])
      .where('showId', '=', showId)
      .where('aspect', '=', by)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy(name)
      .execute(),
  )
}

/** The same of one episode. */
export function countEpisodeDownloads(
  db: Db,
  episodeId: string,
  { by, ...range }: DayRange & Readonly<{ by: Exclude<Aspect, 'episode'> }>,
): Promise<Counts> {
  return addUp(range, ({ from, to }) =>
    db
      .selectFrom('episodeDay')
      .select([`${by} as name`, ({ fn }) => fn.sum<number>('downloads').as('downloads')])
      .where('episodeId', '=', episodeId)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy(by)
      .execute(),
  )
}

type Row = Readonly<{ name: string; downloads: number }>

/** Names that have none are left out. */
async function addUp(range: DayRange, countPart: (part: DayRange) => Promise<Row[]>): Promise<Counts> {
  const counts: Counts = new Map()
  for await (const part of inParts(range)) {
    for (const { name, downloads } of await countPart(part)) {
      if (downloads !== 0) counts.set(name, (counts.get(name) ?? 0) + downloads)
    }
  }
  return counts
}
