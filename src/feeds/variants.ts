import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { listLeads } from '../shows/early-access.ts'

const shortestWaitMs = 250

/** The same feed as one kind of subscriber gets it. */
export type Variant = Readonly<{
  /** What its documents are stored under. */
  name: string
  isPrivate: boolean
  /** How long before everybody else an episode is in it. */
  earlySeconds: number
}>

export const publicVariant: Variant = { name: 'public', isPrivate: false, earlySeconds: 0 }

/** That of everybody whose feed token is that early: they get the same document, each with an own token filled in. */
export const privateVariant = (earlySeconds: number): Variant => ({
  name: `private-${earlySeconds}`,
  isPrivate: true,
  earlySeconds,
})

/** All that somebody can ask for: the public one, and one for each lead of the feed tokens that are good. */
export const listVariants = async (db: Db, showId: string): Promise<Variant[]> => [
  publicVariant,
  ...(await listLeads(db, showId)).map(privateVariant),
]

/** The moment (epoch ms) up to which episodes are to be read for all of them. */
export const latestMoment = (variants: readonly Variant[], now: number): number =>
  Math.max(...variants.map((variant) => momentFor(variant, now)))

/** What is public then is in that variant now: epoch ms. */
export const momentFor = ({ earlySeconds }: Variant, now: number): number => now + earlySeconds * 1000

/** Has the feed made again when the next scheduled episode enters any of its variants. */
export async function waitForNext(app: App, showId: string, variants: readonly Variant[], now: number): Promise<void> {
  const moments: number[] = []
  for (const variant of variants) {
    const publishAt = await nextPublication(app.db, showId, momentFor(variant, now))
    if (publishAt !== undefined) moments.push(publishAt - variant.earlySeconds * 1000)
  }
  if (moments.length === 0) return
  // Jobs go by the database's clock: where ours is behind, this would else run again and again until they agree.
  const runAt = Math.max(Math.min(...moments), now + shortestWaitMs)
  await app.jobs.enqueue('publish-feed', { showId }, { key: showId, runAt })
}

async function nextPublication(db: Db, showId: string, after: number): Promise<number | undefined> {
  const next = await db
    .selectFrom('episode')
    .select('publishAt')
    .where('showId', '=', showId)
    .where('deletedAt', 'is', null)
    .where('publishAt', '>', after)
    .orderBy('publishAt')
    .limit(1)
    .executeTakeFirst()
  return next?.publishAt ?? undefined
}
