import type { Db } from '../../core/db.ts'

const idsAtOnce = 500

/** Titles of episodes by their ids, also of those that were deleted; the slug where there is no title yet. */
export async function findTitles(db: Db, episodeIds: readonly string[]): Promise<Map<string, string>> {
  const titles = new Map<string, string>()
  for (let start = 0; start < episodeIds.length; start += idsAtOnce) {
    const rows = await db
      .selectFrom('episode')
      .select(['id', 'title', 'slug'])
      .where('id', 'in', episodeIds.slice(start, start + idsAtOnce))
      .execute()
    for (const { id, title, slug } of rows) titles.set(id, title ?? slug)
  }
  return titles
}
