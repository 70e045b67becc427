import type { EpisodeView } from '../shows/schemas.ts'
import { transcriptionWords } from './browser/text-words.ts'

/** Has the station transcribe the audio of an episode: the page's script asks for it, and tells how far it is. */
export const TranscribeForm = ({ episode: { id, audio, transcription } }: { episode: EpisodeView }) => {
  const { state = '', progress } = transcription ?? {}
  const isAtWork = ['waiting', 'transcribing'].includes(state)
  return (
    <div data-transcribe={id} data-transcribe-state={state}>
      <div class="actions">
        <button type="button" class="quiet" data-start-transcribing="" hidden={!audio || isAtWork}>
          Transcribe the audio
        </button>
        <button type="button" class="quiet" data-stop-transcribing="" hidden={!isAtWork}>
          Stop transcribing
        </button>
      </div>
      <p data-transcription="" role="status" class={state === 'failed' ? 'problem' : ''}>
        {transcriptionWords(transcription)}
      </p>
      <progress max={1} value={progress ?? undefined} aria-label="Progress of transcribing" hidden={!isAtWork} />
    </div>
  )
}
