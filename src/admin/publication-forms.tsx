import type { EpisodeView } from '../shows/schemas.ts'
import { isAtWork } from './browser/words.ts'
import { FormProblem } from './fields.tsx'
import type { FormState } from './forms.ts'

type Props = Readonly<{ episode: EpisodeView; form: FormState }>

/** Publish now, at a time, or take back: what makes sense in the episode's state. */
export function PublicationForms({ episode, form }: Props) {
  const { id, audio, upload, publishAt, state } = episode
  const hasAudioToCome = upload !== undefined && isAtWork(upload.state)
  const canPublish = audio !== undefined || hasAudioToCome
  const isWished = publishAt !== undefined && canPublish
  return (
    <div class="publication">
      <FormProblem form={form} fields={[]} />
      {!canPublish && <p class="hint">Upload a recording, then publish it.</p>}
      {isWished && !audio && <p class="hint">It will be published when its recording is ready.</p>}
      <div class="actions">
        {(state === 'scheduled' || !isWished) && (
          <form method="post" action={`/admin/episodes/${id}/publish`}>
            <button type="submit" id={`publish-${id}`} data-publish="" disabled={!canPublish}>
              {hasAudioToCome && !audio ? 'Publish when ready' : 'Publish now'}
            </button>
          </form>
        )}
        {isWished && (
          <form method="post" action={`/admin/episodes/${id}/unpublish`}>
            <button type="submit" class="quiet" id={`unpublish-${id}`} data-unpublish="">
              Take back
            </button>
          </form>
        )}
        {canPublish && state !== 'published' && <ScheduleForm id={id} publishAt={publishAt} />}
      </div>
    </div>
  )
}

/** The script fills `at`, an instant, from the local time: only the browser knows its zone. */
const ScheduleForm = ({ id, publishAt }: Pick<EpisodeView, 'id' | 'publishAt'>) => (
  <form
    class="schedule"
    method="post"
    action={`/admin/episodes/${id}/schedule`}
    data-schedule=""
    data-needs-script=""
    hidden
  >
    <label for={`local-${id}`}>or at</label>
    <input type="datetime-local" id={`local-${id}`} data-local-time={publishAt ?? ''} required />
    <input type="hidden" name="at" />
    <button type="submit" class="quiet">
      Schedule
    </button>
  </form>
)
