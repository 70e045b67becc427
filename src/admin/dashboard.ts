import { type RecentDownloads, recentDownloads } from '../analytics/reports/recent-downloads.ts'
import type { App } from '../core/app.ts'
import { listEpisodes } from '../shows/episode.ts'
import type { EpisodeView, RenditionView, ShowView } from '../shows/schemas.ts'
import { listShows } from '../shows/show.ts'
import { viewEpisodes } from '../shows/view-episode.ts'
import { listRenditionsOfShow } from '../shows/view-renditions.ts'
import { viewShow } from '../shows/view-show.ts'

export type ShowWithEpisodes = Readonly<{
  show: ShowView
  episodes: readonly EpisodeView[]
  /** By the episode's id. */
  renditions: ReadonlyMap<string, readonly RenditionView[]>
  downloads: RecentDownloads
  /** Whether the station has a transcriber. */
  canTranscribe: boolean
}>

export const hasTranscriber = ({ config }: App): boolean => config.transcribeCommand !== undefined

/** Every show with its episodes, newest first. */
export async function loadDashboard(app: App): Promise<ShowWithEpisodes[]> {
  const shows = await listShows(app.db)
  return Promise.all(
    shows.map(async (show) => ({
      show: await viewShow(app, show),
      episodes: await viewEpisodes(app, show, await listEpisodes(app.db, show.id)),
      renditions: await listRenditionsOfShow(app, show.id),
      downloads: await recentDownloads(app, show),
      canTranscribe: hasTranscriber(app),
    })),
  )
}
