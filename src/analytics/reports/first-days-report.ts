import { setImmediate } from 'node:timers/promises'
import { countingUrl } from '../../core/addresses.ts'
import type { App } from '../../core/app.ts'
import type { Db } from '../../core/db.ts'
import { notFound } from '../../core/errors.ts'
import type { Episode } from '../../shows/episode.ts'
import type { Show } from '../../shows/show.ts'
import { type Curve, emptyCurve, firstDays } from '../curve.ts'
import { parseCurve } from '../roll-up/write-tally.ts'
import type { EpisodeFirstDaysReport, FirstDaysReport } from '../schemas.ts'

const dayMs = 24 * 60 * 60 * 1000

/** On SQLite the thread stands still while they are read. */
const episodesAtOnce = 250

type Published = Readonly<{ id: string; title: string | null; publishAt: number }>

/** The first days of every published episode of a show, each from its own publication on: so they can be compared. */
export async function reportFirstDays(app: App, show: Show): Promise<FirstDaysReport> {
  const rows = []
  for await (const { curve, ...episode } of publishedWithCurves(app, show.id)) {
    rows.push(firstDaysRow(episode, curve, app.clock.now()))
  }
  return { rows, methodUrl: countingUrl(app.config) }
}

/** The same of one episode, day by day. Throws `not-found` while it is not published: its days have not begun. */
export async function reportEpisodeFirstDays(app: App, episode: Episode): Promise<EpisodeFirstDaysReport> {
  const { id, title, publishAt } = episode
  const now = app.clock.now()
  if (publishAt === null || publishAt > now) throw notFound('published episode', id)
  const curve = (await findCurve(app.db, id)) ?? emptyCurve()
  const begun = Math.min(firstDays, Math.floor((now - publishAt) / dayMs) + 1)
  return {
    ...firstDaysRow({ id, title, publishAt }, curve, now),
    rows: curve.firstDays.slice(0, begun).map((downloads, index) => ({ day: index + 1, downloads })),
    methodUrl: countingUrl(app.config),
  }
}

/** Undefined: nothing of it was ever counted. */
export async function findCurve(db: Db, episodeId: string): Promise<Curve | undefined> {
  const row = await db.selectFrom('episodeCurve').selectAll().where('episodeId', '=', episodeId).executeTakeFirst()
  return row && parseCurve(row)
}

/** Newest first. */
async function* publishedWithCurves({ db, clock }: App, showId: string) {
  for (let offset = 0; ; offset += episodesAtOnce) {
    const rows = await db
      .selectFrom('episode')
      .leftJoin('episodeCurve', 'episodeCurve.episodeId', 'episode.id')
      .select(['episode.id', 'title', 'publishAt', 'episodeCurve.downloads', 'episodeCurve.firstDays'])
      .where('showId', '=', showId)
      .where('deletedAt', 'is', null)
      .where('renditionId', 'is not', null)
      .where('publishAt', '<=', clock.now())
      .orderBy('publishAt', 'desc')
      .orderBy('episode.id', 'desc')
      .limit(episodesAtOnce)
      .offset(offset)
      .execute()
    for (const { id, title, publishAt, downloads, firstDays } of rows) {
      const curve = { downloads: downloads ?? 0, firstDays: JSON.parse(firstDays ?? '[]') as number[] }
      yield { id, title, publishAt: publishAt as number, curve }
    }
    if (rows.length < episodesAtOnce) return
    await setImmediate()
  }
}

function firstDaysRow({ id, title, publishAt }: Published, curve: Pick<Curve, 'downloads' | 'firstDays'>, now: number) {
  const first = (days: number) => curve.firstDays.slice(0, days).reduce((sum, count) => sum + count, 0)
  return {
    episode: id,
    title: title ?? '',
    publishedAt: new Date(publishAt).toISOString(),
    ageDays: Math.floor((now - publishAt) / dayMs),
    first7: first(7),
    first30: first(30),
    first90: first(90),
    downloads: curve.downloads,
  }
}
