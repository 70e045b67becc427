import { countingUrl } from '../../core/addresses.ts'
import type { App } from '../../core/app.ts'
import type { Show } from '../../shows/show.ts'
import { parseDayRange } from './day-range.ts'
import { listShowRows } from './downloads-report.ts'

const topEpisodes = 5

/** The last thirty days of a show: each day, the last of them today, and the episodes that were fetched most. */
export type RecentDownloads = Readonly<{
  /** How they are counted, in plain words. */
  methodUrl: string
  days: readonly Readonly<{ day: string; downloads: number }>[]
  episodes: readonly Readonly<{ title: string; downloads: number }>[]
}>

export async function recentDownloads({ db, clock, config }: App, show: Show): Promise<RecentDownloads> {
  const range = parseDayRange({}, show.timeZone, clock.now())
  const days = await listShowRows(db, show.id, { ...range, by: 'day' })
  const episodes = await listShowRows(db, show.id, { ...range, by: 'episode' })
  return {
    methodUrl: countingUrl(config),
    days: days.map(({ day = '', downloads }) => ({ day, downloads })),
    episodes: episodes.slice(0, topEpisodes).map(({ title = '', downloads }) => ({ title, downloads })),
  }
}
