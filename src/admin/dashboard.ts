import type { App } from '../core/app.ts'
import { listEpisodes } from '../shows/episode.ts'
import type { EpisodeView, ShowView } from '../shows/schemas.ts'
import { listShows } from '../shows/show.ts'
import { viewEpisodes } from '../shows/view-episode.ts'
import { viewShow } from '../shows/view-show.ts'

export type ShowWithEpisodes = Readonly<{ show: ShowView; episodes: readonly EpisodeView[] }>

/** Every show with its episodes, newest first. */
export async function loadDashboard(app: App): Promise<ShowWithEpisodes[]> {
  const shows = await listShows(app.db)
  return Promise.all(
    shows.map(async (show) => ({
      show: await viewShow(app, show),
      episodes: await viewEpisodes(app, show, await listEpisodes(app.db, show.id)),
    })),
  )
}
