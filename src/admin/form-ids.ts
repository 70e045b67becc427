/** Ids of the page's forms and parts: where a 303 leads, and where a refusal is shown. */
export const formIds = {
  newShow: 'new-show',
  show: (showId: string) => `show-${showId}`,
  editShow: (showId: string) => `edit-show-${showId}`,
  newEpisode: (showId: string) => `new-episode-${showId}`,
  episode: (episodeId: string) => `episode-${episodeId}`,
  editEpisode: (episodeId: string) => `edit-episode-${episodeId}`,
  publication: (episodeId: string) => `publication-${episodeId}`,
}
