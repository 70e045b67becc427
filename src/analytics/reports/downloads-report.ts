import { countingUrl } from '../../core/addresses.ts'
import type { App } from '../../core/app.ts'
import type { Db } from '../../core/db.ts'
import type { Episode } from '../../shows/episode.ts'
import type { Show } from '../../shows/show.ts'
import type { Aspect, DownloadsReport } from '../schemas.ts'
import { countEpisodeDownloads, countShowDownloads } from './count-by.ts'
import { type DayRange, daysOf, parseDayRange } from './day-range.ts'

type Asked<By extends Aspect> = Readonly<{ from?: string; to?: string; by?: By }>

/** The counted downloads of a show. Throws `invalid` for days that are none. */
export async function reportShow(
  app: App,
  show: Show,
  { by = 'day', ...days }: Asked<Aspect>,
): Promise<DownloadsReport> {
  const range = parseDayRange(days, show.timeZone, app.clock.now())
  const rows = await listShowRows(app.db, show.id, { ...range, by })
  const certainty = await countShowDownloads(app.db, show.id, { ...range, by: 'certainty' })
  return report(app, show, { range, by, rows, certainty })
}

/** By day every day, in order; else the largest first, and of equal ones by name. */
export async function listShowRows(
  db: Db,
  showId: string,
  { by, ...range }: DayRange & Readonly<{ by: Aspect }>,
): Promise<Rows> {
  const counts = await countShowDownloads(db, showId, { ...range, by })
  const titles = by === 'episode' ? await findTitles(db, showId) : undefined
  return rowsOf({ range, by, counts, titles })
}

/** The same of one of its episodes. */
export async function reportEpisode(
  app: App,
  show: Show,
  episode: Episode,
  { by = 'day', ...days }: Asked<Exclude<Aspect, 'episode'>>,
): Promise<DownloadsReport> {
  const range = parseDayRange(days, show.timeZone, app.clock.now())
  const counts = await countEpisodeDownloads(app.db, episode.id, { ...range, by })
  const certainty = await countEpisodeDownloads(app.db, episode.id, { ...range, by: 'certainty' })
  return report(app, show, { range, by, rows: rowsOf({ range, by, counts }), certainty })
}

type Counts = ReadonlyMap<string, number>
type Rows = DownloadsReport['rows']

function report(
  { config }: App,
  show: Show,
  { range, by, rows, certainty }: Readonly<{ range: DayRange; by: Aspect; rows: Rows; certainty: Counts }>,
): DownloadsReport {
  return {
    ...range,
    timeZone: show.timeZone ?? 'UTC',
    by,
    downloads: rows.reduce((sum, { downloads }) => sum + downloads, 0),
    certainty: { delivered: certainty.get('delivered') ?? 0, asked: certainty.get('asked') ?? 0 },
    rows,
    methodUrl: countingUrl(config),
  }
}

type Counted = Readonly<{ range: DayRange; by: Aspect; counts: Counts; titles?: ReadonlyMap<string, string> }>

function rowsOf({ range, by, counts, titles }: Counted): Rows {
  if (by === 'day') return daysOf(range).map((day) => ({ day, downloads: counts.get(day) ?? 0 }))
  return [...counts]
    .sort(([one, some], [other, more]) => more - some || (one < other ? -1 : 1))
    .map(([name, downloads]) => ({ [by]: name, ...(titles && { title: titles.get(name) ?? '' }), downloads }))
}

async function findTitles(db: Db, showId: string): Promise<Map<string, string>> {
  const rows = await db.selectFrom('episode').select(['id', 'title']).where('showId', '=', showId).execute()
  return new Map(rows.map(({ id, title }) => [id, title ?? '']))
}
