import type { ComponentChildren } from 'preact'
import type { EpisodeView } from '../shows/schemas.ts'
import { chapterWords, transcriptWords } from './browser/text-words.ts'
import { TranscribeForm } from './transcribe-form.tsx'

/** Chapters and transcript of an episode: the page's script sends the files to the API. */
export const TextForms = ({ episode, canTranscribe }: { episode: EpisodeView; canTranscribe: boolean }) => {
  const { id, chapters, transcript } = episode
  return (
    <details data-needs-script="" hidden>
      <summary>Chapters and transcript</summary>
      <TextForm
        what="chapters"
        episodeId={id}
        title="Chapters"
        state={chapterWords(chapters)}
        hint="JSON chapters, Podlove (.psc, .xml), a text with lines like 00:12:34 Title, or labels of Audacity."
        accept=".json,.psc,.xml,.txt"
        canRemove={chapters !== undefined && chapters.origin !== 'notes'}
      />
      <TextForm
        what="transcript"
        episodeId={id}
        title="Transcript"
        state={transcriptWords(transcript)}
        hint="WebVTT, SubRip (.srt), JSON, or plain text, which has no times."
        accept=".vtt,.srt,.json,.txt"
        canRemove={transcript !== undefined}
      >
        {canTranscribe && <TranscribeForm episode={episode} />}
      </TextForm>
    </details>
  )
}

type Props = Readonly<{
  what: 'chapters' | 'transcript'
  episodeId: string
  title: string
  state: string
  hint: string
  accept: string
  canRemove: boolean
  children?: ComponentChildren
}>

const TextForm = ({ what, episodeId, title, state, hint, accept, canRemove, children }: Props) => (
  <div class="text" data-text={what} data-of={episodeId}>
    <h5>{title}</h5>
    <p data-text-state="" role="status">
      {state}
    </p>
    <div class="actions">
      <label class="choose">
        <input type="file" accept={accept} aria-describedby={`${what}-hint-${episodeId}`} />
        <span>Choose a file</span>
      </label>
      <button type="button" class="quiet" data-remove="" hidden={!canRemove}>
        Take away
      </button>
    </div>
    <p class="hint" id={`${what}-hint-${episodeId}`}>
      {hint} Or drop it here.
    </p>
    {children}
  </div>
)
