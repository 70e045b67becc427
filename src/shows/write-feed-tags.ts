import type { Db } from '../core/db.ts'
import { type AnyFeedTags, checkFeedTags, type TagSurroundings } from './check-feed-tags.ts'
import { mergeTags, type TagChanges } from './edit-feed-tags.ts'
import { type EpisodeFeedTags, parseTags, type ShowFeedTags } from './feed-tags.ts'
import { findServed } from './rendition.ts'
import { knownLicense } from './tag-rules/license.ts'

/** The stored form of tags that are new. Throws `invalid`. */
export const newTags = (changes: TagChanges<AnyFeedTags>, surroundings: TagSurroundings): string =>
  JSON.stringify(accepted(mergeTags<AnyFeedTags>({}, changes), surroundings))

/** Changes those tags of a show, in a transaction that has written to its row before. Throws `invalid`. */
export async function writeShowTags(db: Db, showId: string, changes: TagChanges<ShowFeedTags>): Promise<void> {
  const columns = ['feedTags', 'category'] as const
  const show = await db.selectFrom('show').select(columns).where('id', '=', showId).executeTakeFirstOrThrow()
  // All of them again: some go together, and with the category.
  const tags = accepted(mergeTags(parseTags<ShowFeedTags>(show), changes), show)
  await db
    .updateTable('show')
    .set({ feedTags: JSON.stringify(tags) })
    .where('id', '=', showId)
    .execute()
}

/** The same for an episode. What it leaves alone is not checked again: its audio may have become shorter. */
export async function writeEpisodeTags(db: Db, episodeId: string, changes: TagChanges<EpisodeFeedTags>): Promise<void> {
  if (Object.keys(changes).length === 0) return
  const columns = ['feedTags', 'renditionId'] as const
  const episode = await db.selectFrom('episode').select(columns).where('id', '=', episodeId).executeTakeFirstOrThrow()
  const audioSeconds = (await findServed(db, episode))?.durationSeconds
  const feedTags = changedTags(episode, changes, { audioSeconds })
  await db.updateTable('episode').set({ feedTags }).where('id', '=', episodeId).execute()
}

/** The stored form after a change of which only the new values are checked. Throws `invalid`. */
export function changedTags(
  stored: Readonly<{ feedTags: string }>,
  changes: TagChanges<AnyFeedTags>,
  surroundings: TagSurroundings = {},
): string {
  const values = accepted(mergeTags<AnyFeedTags>({}, changes), surroundings)
  return JSON.stringify(mergeTags(parseTags<AnyFeedTags>(stored), { ...changes, ...values }))
}

function accepted<Tags extends AnyFeedTags>(tags: Tags, surroundings: TagSurroundings): Tags {
  checkFeedTags(tags, surroundings)
  return tags.license ? { ...tags, license: knownLicense(tags.license) } : tags
}
