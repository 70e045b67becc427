import { pathOf } from '../core/addresses.ts'
import { excerpt } from '../shows/notes.ts'
import type { EpisodeView, ShowView } from '../shows/schemas.ts'
import { EpisodeFacts } from './episode-facts.tsx'
import { PlayIcon } from './icons.tsx'

const excerptLength = 220

export const EpisodeList = ({ show, episodes }: Readonly<{ show: ShowView; episodes: readonly EpisodeView[] }>) => (
  <ol class="episodes">
    {episodes.map((episode) => (
      <EpisodeItem key={episode.id} show={show} episode={episode} />
    ))}
  </ol>
)

function EpisodeItem({ show, episode }: Readonly<{ show: ShowView; episode: EpisodeView }>) {
  const path = pathOf(episode.pageUrl)
  return (
    <li>
      <article>
        <a class="play-link" href={`${path}#play`} aria-label={`Play ${episode.title}`}>
          <PlayIcon />
        </a>
        <div>
          <h3>
            <a href={path}>{episode.title}</a>
          </h3>
          <EpisodeFacts show={show} episode={episode} />
          <p class="excerpt">{excerpt(episode.summary, excerptLength)}</p>
        </div>
      </article>
    </li>
  )
}
