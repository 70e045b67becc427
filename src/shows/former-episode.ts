import type { App } from '../core/app.ts'
import type { Db, Schema } from '../core/db.ts'

type Renamed = Readonly<{ id: string; showId: string; slug: string; enclosureFile: string | null }>

/**
 * Leads whoever comes to the page of an episode by the slug that it has until now to that which it takes: part of the transaction
 * that renames it. What was never published has no visitors.
 */
export async function leaveEpisodeSlug({ clock }: App, db: Db, episode: Renamed): Promise<void> {
  if (episode.enclosureFile === null) return
  const { id, showId, slug } = episode
  const former: Schema['formerEpisodeSlug'] = { showId, slug, episodeId: id, createdAt: clock.now() }
  await db
    .insertInto('formerEpisodeSlug')
    .values(former)
    .onConflict((conflict) => conflict.columns(['showId', 'slug']).doUpdateSet(former))
    .execute()
}

/** The slug of the public, or deleted, episode that had that one before; undefined where an episode of the show has it now. */
export async function findRenamedEpisode(
  { db, clock }: App,
  showId: string,
  slug: string,
): Promise<string | undefined> {
  const found = await db
    .selectFrom('formerEpisodeSlug as former')
    .innerJoin('episode', 'episode.id', 'former.episodeId')
    .leftJoin('episode as present', (join) =>
      join.onRef('present.showId', '=', 'former.showId').onRef('present.slug', '=', 'former.slug'),
    )
    .select('episode.slug')
    .where('former.showId', '=', showId)
    .where('former.slug', '=', slug)
    .where('episode.publishAt', '<=', clock.now())
    .where('present.id', 'is', null)
    .executeTakeFirst()
  return found?.slug
}

/** All slugs that lead to another: a new episode should not take one unless somebody wants it so. */
export async function listFormerSlugs(db: Db, showId: string): Promise<string[]> {
  const rows = await db.selectFrom('formerEpisodeSlug').select('slug').where('showId', '=', showId).execute()
  return rows.map((row) => row.slug)
}
