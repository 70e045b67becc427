import { randomUUID } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { App } from '../core/app.ts'
import { type Db, isUniqueViolation, type Schema, storableText } from '../core/db.ts'
import { AppError, conflict, gone, invalid, notFound } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { changeAac } from './aac.ts'
import { showKey } from './change-keys.ts'
import { demandFittingDescription } from './description.ts'
import { splitTags } from './edit-feed-tags.ts'
import { parseEnclosurePrefix } from './enclosure-prefix.ts'
import { ShowFeedTags } from './feed-tags.ts'
import { demandNeverTaken, leaveSlug, wasSlug } from './former-address.ts'
import { demandLanguage } from './language.ts'
import { oneLine } from './one-line.ts'
import { recountShow } from './recounting.ts'
import { changesShowTags, retagShowSoon } from './retagging.ts'
import type { NewShow, ShowChanges } from './schemas.ts'
import { slugify } from './slug.ts'
import { demandCategory } from './tag-rules/categories.ts'
import { isTimeZone } from './time-zone.ts'
import { newTags, writeShowTags } from './write-feed-tags.ts'

export type Show = Selectable<Schema['show']>

/** The sound of a show that asks for no other: what Apple Podcasts recommends, kb/s and LUFS. */
export const usualSound = { stereoKbps: 128, monoKbps: 96, stereoLufs: -16, monoLufs: -19 } as const

/** Episodes on each page of a feed: more than most shows have, and less than directories refuse. */
export const usualPageSize = 300

export const findShow = (db: Db, id: string): Promise<Show | undefined> =>
  db.selectFrom('show').selectAll().where('id', '=', id).executeTakeFirst()

export const findShowBySlug = (db: Db, slug: string): Promise<Show | undefined> =>
  db.selectFrom('show').selectAll().where('slug', '=', slug).executeTakeFirst()

/** Throws `not-found`, or `gone` when the show was deleted. */
export const getShow = async (db: Db, id: string): Promise<Show> => present(await findShow(db, id), id)

/** Throws `not-found`, or `gone` when the show was deleted. */
export const getShowBySlug = async (db: Db, slug: string): Promise<Show> =>
  present(await findShowBySlug(db, slug), slug)

/** Newest first. */
export const listShows = (db: Db): Promise<Show[]> =>
  db.selectFrom('show').selectAll().where('deletedAt', 'is', null).orderBy('id', 'desc').execute()

/** Makes a show and its first, empty feed. Throws `invalid`, and `conflict` when the wanted slug is taken. */
export async function createShow(app: App, wanted: NewShow): Promise<Show> {
  const { tags, fields } = splitTags<ShowFeedTags, NewShow>(ShowFeedTags, wanted)
  checkShow(fields)
  const slug = fields.slug ?? (await freeSlug(app.db, slugify(fields.title) || 'show'))
  const now = app.clock.now()
  const show: Show = {
    id: newId(),
    slug,
    guid: randomUUID(),
    title: oneLine(fields.title),
    description: storableText(fields.description).trim(),
    language: fields.language,
    category: fields.category,
    explicit: fields.explicit ? 1 : 0,
    author: oneLine(fields.author),
    ownerEmail: fields.ownerEmail,
    type: fields.type ?? 'episodic',
    copyright: fields.copyright ? oneLine(fields.copyright) : null,
    enclosurePrefix: fields.enclosurePrefix ? parseEnclosurePrefix(fields.enclosurePrefix) : null,
    stereoKbps: fields.stereoKbps ?? usualSound.stereoKbps,
    monoKbps: fields.monoKbps ?? usualSound.monoKbps,
    stereoLufs: fields.stereoLufs === undefined ? usualSound.stereoLufs : fields.stereoLufs,
    monoLufs: fields.monoLufs === undefined ? usualSound.monoLufs : fields.monoLufs,
    aacKbps: fields.aacKbps ?? null,
    timeZone: fields.timeZone ?? null,
    feedTags: newTags(tags, fields),
    guidIsFinal: 0,
    newFeedUrl: null,
    feedRedirects: 0,
    feedPageSize: fields.feedPageSize ?? usualPageSize,
    artworkId: null,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  }
  await saveShow(app, show.id, slug, async (db) => {
    await demandNeverTaken(db, slug, show.id)
    await db.insertInto('show').values(show).execute()
  })
  return show
}

/** Changes the fields that are given. Throws as `createShow` does, and `not-found` or `gone`. */
export async function updateShow(app: App, id: string, changes: ShowChanges): Promise<Show> {
  const show = await getShow(app.db, id)
  const { tags, fields } = splitTags<ShowFeedTags, ShowChanges>(ShowFeedTags, changes)
  checkShow(fields)
  const { explicit, title, description, author, copyright, enclosurePrefix, ...rest } = fields
  const row = {
    ...rest,
    ...(explicit !== undefined && { explicit: explicit ? (1 as const) : (0 as const) }),
    ...(title !== undefined && { title: oneLine(title) }),
    ...(description !== undefined && { description: storableText(description).trim() }),
    ...(author !== undefined && { author: oneLine(author) }),
    ...(copyright !== undefined && { copyright: copyright && oneLine(copyright) }),
    ...(enclosurePrefix !== undefined && { enclosurePrefix: enclosurePrefix && parseEnclosurePrefix(enclosurePrefix) }),
    updatedAt: app.clock.now(),
  }
  await saveShow(app, id, row.slug ?? show.slug, async (db) => {
    if (row.slug !== undefined && row.slug !== show.slug) await leaveSlug(app, db, show, row.slug)
    await db.updateTable('show').set(row).where('id', '=', id).execute()
    if (row.category !== undefined || Object.keys(tags).length > 0) await writeShowTags(db, id, tags)
    if (changesShowTags(row)) await retagShowSoon(app, db, id)
    if (row.aacKbps !== undefined && row.aacKbps !== show.aacKbps) await changeAac(app, db, id, row.aacKbps)
    if (row.timeZone !== undefined && row.timeZone !== show.timeZone) await recountShow(app, db, id)
  })
  return getShow(app.db, id)
}

/** Takes a show and its episodes away: their addresses answer 410 from then on, and its aliases are free for another show. */
export async function deleteShow(app: App, id: string): Promise<void> {
  const show = await getShow(app.db, id)
  await saveShow(app, id, show.slug, async (db) => {
    await db.updateTable('show').set({ deletedAt: app.clock.now() }).where('id', '=', id).execute()
    await db.deleteFrom('formerAddress').where('showId', '=', id).where('kind', '=', 'feed').execute()
  })
}

/** Has the show's feed made again and tells every process: the last statements of each change, in its transaction. */
export async function announceChange(app: App, db: Db, showId: string): Promise<void> {
  await app.jobs.enqueue('publish-feed', { showId }, { db, key: showId })
  await app.changes.mark(db, showKey(showId))
}

async function saveShow(app: App, id: string, slug: string, write: (db: Db) => Promise<unknown>): Promise<void> {
  try {
    await app.db.transaction().execute(async (db) => {
      await write(db)
      await announceChange(app, db, id)
    })
  } catch (error) {
    if (isUniqueViolation(error)) throw conflict(`The slug “${slug}” is taken by another show. Choose another.`, 'slug')
    throw error
  }
}

function present(show: Show | undefined, name: string): Show {
  if (!show) throw notFound('show', name)
  if (show.deletedAt !== null) throw gone('show')
  return show
}

/** The rules that a schema cannot tell. */
function checkShow({ category, language, description, timeZone }: Omit<ShowChanges, keyof ShowFeedTags>): void {
  if (category !== undefined) demandCategory(category, 'category')
  if (language !== undefined) demandLanguage(language)
  if (timeZone != null && !isTimeZone(timeZone)) {
    throw invalid(
      `“${timeZone}” is not a time zone. Write it like Europe/Berlin: https://en.wikipedia.org/wiki/List_of_tz_database_time_zones`,
      'timeZone',
    )
  }
  if (description !== undefined) demandFittingDescription(description)
}

async function freeSlug(db: Db, wanted: string): Promise<string> {
  for (let count = 1; count < 1000; count += 1) {
    const slug = count === 1 ? wanted : `${wanted}-${count}`
    if (!(await findShowBySlug(db, slug)) && !(await wasSlug(db, slug))) return slug
  }
  throw new AppError('conflict', 'A thousand shows have this title. Give this one a slug.')
}
