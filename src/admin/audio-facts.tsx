import type { AudioView, EpisodeView } from '../shows/schemas.ts'
import { loudnessWords } from './loudness-words.ts'

type Props = Readonly<{ episode: EpisodeView; audio: AudioView }>

/** What became of a recording: a small picture of it, and how loud it is. */
export const AudioFacts = ({ episode, audio }: Props) => (
  <div class="audio-facts" data-measuring={audio.loudness.measuredAt === undefined ? '' : undefined}>
    {audio.waveformUrl && <img class="waveform" src={pictureOf(episode)} alt="" loading="lazy" />}
    <p>{loudnessWords(audio).join(' · ')}</p>
  </div>
)

/** Another address for other audio: a browser shows a picture that it knows without asking for it again. */
const pictureOf = ({ id, updatedAt }: EpisodeView) =>
  `/admin/episodes/${id}/waveform.svg?at=${encodeURIComponent(updatedAt)}`
