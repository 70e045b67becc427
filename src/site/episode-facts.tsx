import type { EpisodeView, ShowView } from '../shows/schemas.ts'
import { formatDay, formatLength, isoDuration } from './formats.ts'

/** One line below a title: the day, the length, its place in the show. */
export const EpisodeFacts = ({ show, episode }: Readonly<{ show: ShowView; episode: EpisodeView }>) => (
  <p class="facts">
    {episode.publishAt && <time dateTime={episode.publishAt}>{formatDay(episode.publishAt, show.language)}</time>}
    {episode.audio && (
      <time dateTime={isoDuration(episode.audio.durationSeconds)}>{formatLength(episode.audio.durationSeconds)}</time>
    )}
    {[...placeInShow(episode), ...(isExplicit(show, episode) ? ['Explicit'] : [])].map((fact) => (
      <span key={fact}>{fact}</span>
    ))}
  </p>
)

const placeInShow = ({ season, number, type }: EpisodeView): string[] => [
  ...(type === 'full' ? [] : [type === 'trailer' ? 'Trailer' : 'Bonus']),
  ...(season === null ? [] : [`Season ${season}`]),
  ...(number === null ? [] : [`Episode ${number}`]),
]

const isExplicit = (show: ShowView, episode: EpisodeView) => episode.explicit ?? show.explicit
