import { pathOf } from '../core/addresses.ts'
import type { EpisodeView } from '../shows/schemas.ts'
import { AudioFacts } from './audio-facts.tsx'
import { durationWords } from './browser/words.ts'
import type { FormState } from './forms.ts'
import { PublicationForms } from './publication-forms.tsx'

type Props = Readonly<{ episode: EpisodeView; publication: FormState }>

/** Title, state, date, length, loudness and publication of an episode: what changes while its recording is worked on. */
export const EpisodeStatus = ({ episode, publication }: Props) => (
  <div data-live="">
    <h4>{episode.title ?? <i>Untitled</i>}</h4>
    <p class="facts">
      <span class={`state ${episode.state}`} data-state="">
        {episode.state}
      </span>
      {episode.publishAt && episode.audio && <Moment at={episode.publishAt} />}
      {episode.audio && <span>{durationWords(episode.audio.durationSeconds)}</span>}
      {episode.state === 'published' && <a href={pathOf(episode.pageUrl)}>Page</a>}
    </p>
    {episode.audio && <AudioFacts episode={episode} audio={episode.audio} />}
    <PublicationForms episode={episode} form={publication} />
  </div>
)

/** In UTC; the page's script turns it into local time. */
const Moment = ({ at }: { at: string }) => <time dateTime={at}>{`${at.slice(0, 16).replace('T', ' ')} UTC`}</time>
