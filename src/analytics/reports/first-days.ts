import { setImmediate } from 'node:timers/promises'
import type { Db } from '../../core/db.ts'

const dayMs = 24 * 60 * 60 * 1000
const episodesAtOnce = 200

/** Of the first 7, 30 and 90 times 24 hours after publication; of an episode that is younger, up to now. */
export type FirstDays = Readonly<{
  episodeId: string
  title: string | null
  /** Epoch ms. */
  publishedAt: number
  /** Whole days since then, up to 90: whether a number is still growing. */
  ageDays: number
  first7: number
  first30: number
  first90: number
}>

/** How each episode of a show that is out began, so that episodes can be compared; newest first. */
export async function listFirstDays(db: Db, showId: string, now: number): Promise<FirstDays[]> {
  const episodes = await db
    .selectFrom('episode')
    .select(['id', 'title', 'publishAt'])
    .where('showId', '=', showId)
    .where('deletedAt', 'is', null)
    .where('publishAt', '<=', now)
    .orderBy('publishAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
  const list: FirstDays[] = []
  for (let start = 0; start < episodes.length; start += episodesAtOnce) {
    const some = episodes.slice(start, start + episodesAtOnce)
    const counted = await findFirstDays(
      db,
      some.map(({ id }) => id),
    )
    for (const { id, title, publishAt } of some) {
      const publishedAt = publishAt ?? now
      const ageDays = Math.min(90, Math.floor((now - publishedAt) / dayMs))
      list.push({ episodeId: id, title, publishedAt, ageDays, ...sums(counted.get(id) ?? []) })
    }
    await setImmediate()
  }
  return list
}

async function findFirstDays(db: Db, episodeIds: readonly string[]): Promise<Map<string, number[]>> {
  const query = db.selectFrom('episodeCurve').select(['episodeId', 'firstDays'])
  const rows = await query.where('episodeId', 'in', episodeIds).execute()
  return new Map(rows.map(({ episodeId, firstDays }) => [episodeId, JSON.parse(firstDays) as number[]]))
}

const sums = (days: readonly number[]) => ({
  first7: sum(days.slice(0, 7)),
  first30: sum(days.slice(0, 30)),
  first90: sum(days),
})

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)
