import type { App } from '../../core/app.ts'
import type { Show } from '../../shows/show.ts'
import { reportShow } from './downloads-report.ts'

const topEpisodes = 5

/** The last thirty days of a show: each day, the last of them today, and the episodes that were fetched most. */
export type RecentDownloads = Readonly<{
  days: readonly Readonly<{ day: string; downloads: number }>[]
  episodes: readonly Readonly<{ title: string; downloads: number }>[]
}>

export async function recentDownloads(app: App, show: Show): Promise<RecentDownloads> {
  const { rows: days } = await reportShow(app, show, { by: 'day' })
  const { rows: episodes } = await reportShow(app, show, { by: 'episode' })
  return {
    days: days.map(({ day = '', downloads }) => ({ day, downloads })),
    episodes: episodes.slice(0, topEpisodes).map(({ title = '', downloads }) => ({ title, downloads })),
  }
}
