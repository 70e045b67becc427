import type { Db } from '../../core/db.ts'
import type { Aspect } from '../schemas.ts'
import { type DayRange, inParts } from './day-range.ts'

/** Counted downloads of a show within those days, by the values of one aspect; by day those of days that have some. */
export async function countShowDownloads(
  db: Db,
  showId: string,
  { by, ...range }: DayRange & Readonly<{ by: Aspect }>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  const name = by === 'day' ? 'day' : 'value'
  for await (const { from, to } of inParts(range)) {
    const rows = await db
      .selectFrom('showDay')
      .select([`${name} as name`, ({ fn }) => fn.sum<number>('downloads').as('downloads')])
      .where('showId', '=', showId)
      .where('aspect', '=', by)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy(name)
      .execute()
    addAll(counts, rows)
  }
  return counts
}

/** The same of one episode. */
export async function countEpisodeDownloads(
  db: Db,
  episodeId: string,
  { by, ...range }: DayRange & Readonly<{ by: Exclude<Aspect, 'episode'> }>,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for await (const { from, to } of inParts(range)) {
    const rows = await db
      .selectFrom('episodeDay')
      .select([`${by} as name`, ({ fn }) => fn.sum<number>('downloads').as('downloads')])
      .where('episodeId', '=', episodeId)
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy(by)
      .execute()
    addAll(counts, rows)
  }
  return counts
}

function addAll(counts: Map<string, number>, rows: readonly Readonly<{ name: string; downloads: number }>[]): void {
  for (const { name, downloads } of rows) if (downloads !== 0) counts.set(name, (counts.get(name) ?? 0) + downloads)
}
