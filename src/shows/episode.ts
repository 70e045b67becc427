import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { App } from '../core/app.ts'
import { type Db, type Flag, isUniqueViolation, type Schema, storableText } from '../core/db.ts'
import { conflict, gone, invalid, notFound } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { splitTags, type TagChanges } from './edit-feed-tags.ts'
import { EpisodeFeedTags } from './feed-tags.ts'
import { leaveEpisodeSlug, listFormerSlugs } from './former-episode.ts'
import { renderNotes, summaryOf } from './notes.ts'
import { oneLine } from './one-line.ts'
import { recountEpisode } from './recounting.ts'
import { changesTags, retagSoon } from './retagging.ts'
import type { EpisodeChanges, NewEpisode } from './schemas.ts'
import { announceChange, getShow, type Show } from './show.ts'
import { settleGuid } from './show-guid.ts'
import { slugify } from './slug.ts'
import { newTags, writeEpisodeTags } from './write-feed-tags.ts'

export type Episode = Selectable<Schema['episode']>

export const findEpisode = (db: Db, id: string): Promise<Episode | undefined> =>
  db.selectFrom('episode').selectAll().where('id', '=', id).executeTakeFirst()

/** Throws `not-found`, or `gone` when the episode was deleted. */
export async function getEpisode(db: Db, id: string): Promise<Episode> {
  return present(await findEpisode(db, id), id)
}

/** The same; nobody else changes the episode until this transaction ends. */
export async function lockEpisode(db: Db, id: string): Promise<Episode> {
  await db.updateTable('episode').set({ id }).where('id', '=', id).execute()
  return getEpisode(db, id)
}

/** Throws `not-found`, or `gone` when the episode was deleted. */
export async function getEpisodeBySlug(db: Db, show: Show, slug: string): Promise<Episode> {
  const episode = await db
    .selectFrom('episode')
    .selectAll()
    .where('showId', '=', show.id)
    .where('slug', '=', slug)
    .executeTakeFirst()
  return present(episode, slug)
}

/** Newest first: those to be published, by that moment, after those that nobody asked to publish. */
export const listEpisodes = (db: Db, showId: string): Promise<Episode[]> =>
  db
    .selectFrom('episode')
    .selectAll()
    .where('showId', '=', showId)
    .where('deletedAt', 'is', null)
    .orderBy('publishAt', (order) => order.desc().nullsFirst())
    .orderBy('id', 'desc')
    .execute()

/** What strangers see at that moment, newest first: with audio, and published. */
export const listPublishedEpisodes = (db: Db, showId: string, now: number): Promise<Episode[]> =>
  published(db, showId, now).selectAll().orderBy('publishAt', 'desc').orderBy('id', 'desc').execute()

/** One page of the same, and how many there are on all; pages count from 1. */
export async function listPublishedPage(
  db: Db,
  showId: string,
  now: number,
  { page, perPage }: Readonly<{ page: number; perPage: number }>,
): Promise<Readonly<{ items: Episode[]; total: number }>> {
  const items = await published(db, showId, now)
    .selectAll()
    .orderBy('publishAt', 'desc')
    .orderBy('id', 'desc')
    .limit(perPage)
    .offset((page - 1) * perPage)
    .execute()
  const { total } = await published(db, showId, now)
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  return { items, total }
}

/** What a link to another episode is made of. */
export type Neighbour = Pick<Episode, 'title' | 'slug'>

/** The episodes that strangers see published just before and just after a published one; undefined where it is the last. */
export async function findNeighbours(
  db: Db,
  { id, showId, publishAt }: Pick<Episode, 'id' | 'showId' | 'publishAt'>,
  now: number,
): Promise<Readonly<{ previous?: Neighbour; next?: Neighbour }>> {
  const beside = (comparison: '<' | '>') =>
    published(db, showId, now)
      .select(['title', 'slug'])
      .where(({ eb, refTuple, tuple }) => eb(refTuple('publishAt', 'id'), comparison, tuple(publishAt, id)))
      .orderBy('publishAt', comparison === '<' ? 'desc' : 'asc')
      .orderBy('id', comparison === '<' ? 'desc' : 'asc')
      .limit(1)
      .executeTakeFirst()
  return { previous: await beside('<'), next: await beside('>') }
}

/** Makes a draft. Throws `not-found`, `invalid`, and `conflict` when the wanted slug is taken. */
export async function createEpisode(app: App, showId: string, wanted: NewEpisode): Promise<Episode> {
  const show = await getShow(app.db, showId)
  const { tags, fields } = splitTags<EpisodeFeedTags, NewEpisode>(EpisodeFeedTags, wanted)
  const id = newId()
  const slug = fields.slug ?? (await freeEpisodeSlug(app.db, showId, slugify(fields.title ?? '') || untitledSlug(id)))
  const now = app.clock.now()
  const episode: Episode = {
    id,
    showId: show.id,
    slug,
    guid: randomUUID(),
    title: fields.title ? oneLine(fields.title) : null,
    ...writtenNotes(fields.notes ?? ''),
    season: fields.season ?? null,
    number: fields.number ?? null,
    type: fields.type ?? 'full',
    explicit: toFlag(fields.explicit),
    artworkId: null,
    renditionId: null,
    uploadId: null,
    publishAt: null,
    enclosureFile: null,
    feedTags: newTags(tags, {}),
    announcedAt: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  }
  await naming(slug, () => app.db.insertInto('episode').values(episode).execute())
  return episode
}

/** Changes the fields that are given. Throws `not-found`, `gone`, `invalid`, and `conflict` when the slug is taken. */
export async function updateEpisode(app: App, id: string, changes: EpisodeChanges): Promise<Episode> {
  const episode = await getEpisode(app.db, id)
  const { tags, fields } = splitTags<EpisodeFeedTags, EpisodeChanges>(EpisodeFeedTags, changes)
  const { explicit, notes, title, ...rest } = fields
  if (title === null && episode.publishAt !== null) throw invalid('A published episode needs a title.', 'title')
  const row = {
    ...rest,
    ...(explicit !== undefined && { explicit: toFlag(explicit) }),
    ...(notes !== undefined && writtenNotes(notes)),
    ...(title !== undefined && { title: title && oneLine(title) }),
  }
  await naming(row.slug ?? episode.slug, () => changeEpisode(app, episode, row, tags))
  return getEpisode(app.db, id)
}

/** Takes an episode away: its addresses answer 410 from then on. */
export async function deleteEpisode(app: App, id: string): Promise<void> {
  await changeEpisode(app, await getEpisode(app.db, id), { deletedAt: app.clock.now() })
}

/** Writes the change, has feed and tags made again and tells every process, in one transaction. */
export async function changeEpisode(
  app: App,
  episode: Episode,
  change: Partial<Episode>,
  feedTags: TagChanges<EpisodeFeedTags> = {},
): Promise<void> {
  const { id, showId, renditionId } = episode
  await app.db.transaction().execute(async (db) => {
    await db
      .updateTable('episode')
      .set({ ...change, updatedAt: app.clock.now() })
      .where('id', '=', id)
      .execute()
    await writeEpisodeTags(db, id, feedTags)
    if (change.publishAt != null) await settleGuid(app, db, showId)
    if (change.slug !== undefined && change.slug !== episode.slug) await leaveEpisodeSlug(app, db, episode)
    if (renditionId !== null && changesTags(change)) await retagSoon(app, db, id)
    if (change.publishAt !== undefined && change.publishAt !== episode.publishAt) await recountEpisode(app, db, id)
    await announceChange(app, db, showId)
  })
}

/** The slug of an episode that has no title yet. */
export const untitledSlug = (episodeId: string): string => `episode-${episodeId.slice(-8)}`

/** That slug, or the same with a number that nobody has yet. */
export async function freeEpisodeSlug(db: Db, showId: string, wanted: string): Promise<string> {
  const rows = await db.selectFrom('episode').select('slug').where('showId', '=', showId).execute()
  const taken = new Set([...rows.map((row) => row.slug), ...(await listFormerSlugs(db, showId))])
  let slug = wanted
  for (let count = 2; taken.has(slug); count += 1) slug = `${wanted}-${count}`
  return slug
}

const published = (db: Db, showId: string, now: number) =>
  db
    .selectFrom('episode')
    .where('showId', '=', showId)
    .where('deletedAt', 'is', null)
    .where('renditionId', 'is not', null)
    .where('publishAt', '<=', now)

function writtenNotes(text: string): Pick<Episode, 'notes' | 'notesHtml' | 'summary'> {
  const notes = storableText(text)
  const notesHtml = renderNotes(notes)
  return { notes, notesHtml, summary: summaryOf(notesHtml) }
}

function present(episode: Episode | undefined, name: string): Episode {
  if (!episode) throw notFound('episode', name)
  if (episode.deletedAt !== null) throw gone('episode')
  return episode
}

const toFlag = (value: boolean | null | undefined): Flag | null => (value == null ? null : value ? 1 : 0)

async function naming(slug: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    throw conflict(`The slug “${slug}” is taken by another episode of this show. Choose another.`, 'slug')
  }
}
