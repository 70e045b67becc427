import type { EpisodeView } from '../shows/schemas.ts'
import { isAtWork, uploadWords } from './browser/words.ts'

/** What a file chooser offers first; any file can be dropped, and the server decides by its bytes. */
const recordings = 'audio/*,video/mp4,video/quicktime,.wav,.flac,.m4a,.mp3,.aiff,.ogg,.opus'

/** Uploading an episode's recording: the page's script fills it with life. */
export function RecordingPanel({ episode: { id, audio, upload } }: { episode: EpisodeView }) {
  const hintId = `recording-hint-${id}`
  const isOpen = !audio || (upload !== undefined && upload.state !== 'ready')
  return (
    <details
      class="recording"
      open={isOpen}
      data-upload={upload && isAtWork(upload.state) ? upload.id : ''}
      data-needs-script=""
      hidden
    >
      <summary>{audio ? 'Replace the recording' : 'Recording'}</summary>
      <div class="drop" data-drop="">
        <label class="choose">
          <input type="file" accept={recordings} data-recording="" aria-describedby={hintId} />
          <span>Choose a recording</span>
        </label>
        <p class="hint" id={hintId}>
          Or drop it here: WAV, FLAC, M4A, MP3 and more.
        </p>
      </div>
      <label class="check">
        <input type="checkbox" data-keep-audio="" aria-describedby={`keep-hint-${id}`} />
        <span>Keep my audio as it is</span>
      </label>
      <p class="hint" id={`keep-hint-${id}`}>
        Tick it before you choose a finished MP3: only its tags are changed, and its loudness is left alone.
      </p>
      <p class="upload-state" data-upload-state={upload?.state ?? ''} role="status">
        {upload && uploadWords(upload)}
      </p>
      <progress max={1} value={upload?.progress ?? 0} aria-label="Progress of the upload" hidden />
      <p class="figures" data-upload-figures="" />
      <p class="for-ears" data-upload-announcement="" aria-live="polite" />
      <ul class="warnings" data-upload-warnings="">
        {upload?.warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
      <div class="actions">
        <button type="button" class="quiet" data-pause="" hidden>
          Pause
        </button>
        <button type="button" data-resume="" hidden>
          Resume
        </button>
        <button type="button" class="quiet" data-cancel="" hidden>
          Cancel
        </button>
      </div>
    </details>
  )
}
