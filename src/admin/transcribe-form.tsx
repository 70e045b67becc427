import type { EpisodeView } from '../shows/schemas.ts'
import { isAtWork } from '../shows/transcription-state.ts'
import { transcriptionWords } from './browser/text-words.ts'

/** Has the station transcribe the audio of an episode: the page's script asks for it, and tells how far it is. */
export const TranscribeForm = ({ episode: { id, audio, transcription } }: { episode: EpisodeView }) => {
  const state = transcription?.state ?? ''
  const hintId = `transcribe-hint-${id}`
  const isBusy = isAtWork({ state })
  return (
    <div data-transcribe={id} data-transcribe-state={state}>
      <div class="actions">
        <button
          type="button"
          class="quiet"
          data-start-transcribing=""
          aria-describedby={hintId}
          hidden={!audio || isBusy}
        >
          Transcribe the audio
        </button>
        <button type="button" class="quiet" data-stop-transcribing="" hidden={!isBusy}>
          Stop transcribing
        </button>
      </div>
      <p class="hint" id={hintId}>
        The station can write it down from the audio; that takes the place of the transcript above.
      </p>
      <p data-transcription="" role="status" class={state === 'failed' ? 'problem' : ''}>
        {transcriptionWords(transcription)}
      </p>
      <progress
        max={1}
        value={transcription?.progress ?? undefined}
        aria-label="Progress of transcribing"
        hidden={!isBusy}
      />
    </div>
  )
}
