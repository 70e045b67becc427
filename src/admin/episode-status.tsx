import { pathOf } from '../core/addresses.ts'
import type { EpisodeView, RenditionView } from '../shows/schemas.ts'
import { AudioFacts } from './audio-facts.tsx'
import { durationWords } from './browser/words.ts'
import { EarlierAudio } from './earlier-audio.tsx'
import type { FormState } from './forms.ts'
import { Moment } from './moment.tsx'
import { PublicationForms } from './publication-forms.tsx'

type Props = Readonly<{ episode: EpisodeView; renditions: readonly RenditionView[]; publication: FormState }>

/** Title, state, date, length, loudness, publication and earlier audio of an episode: what changes while its recording is worked on. */
export const EpisodeStatus = ({ episode, renditions, publication }: Props) => (
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
    <EarlierAudio episodeId={episode.id} renditions={renditions} />
  </div>
)
