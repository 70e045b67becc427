import { pathOf } from '../core/addresses.ts'
import { pictureUrl } from '../shows/artwork.ts'
import type { EpisodeView, RenditionView } from '../shows/schemas.ts'
import { ArtworkForm } from './artwork-form.tsx'
import { EpisodeForm } from './episode-form.tsx'
import { EpisodeStatus } from './episode-status.tsx'
import { formIds } from './form-ids.ts'
import { formState, type Refusal } from './forms.ts'
import { RecordingPanel } from './recording-panel.tsx'
import { TextForms } from './text-forms.tsx'

type Props = Readonly<{
  episode: EpisodeView
  renditions?: readonly RenditionView[]
  /** Whether the station has a transcriber. */
  canTranscribe: boolean
  refusal?: Refusal
}>

/** One episode and everything that can be done with it. The script renews what is inside `[data-live]`, and keeps the rest. */
export function EpisodeItem({ episode, renditions = [], canTranscribe, refusal }: Props) {
  const edit = formState(formIds.editEpisode(episode.id), { title: episode.title ?? '', notes: episode.notes }, refusal)
  const cover = pathOf(pictureUrl(episode, 300, 'jpg'))
  const publication = formState(formIds.publication(episode.id), {}, refusal)
  return (
    <article class="episode" id={formIds.episode(episode.id)} data-episode={episode.id}>
      <EpisodeStatus episode={episode} renditions={renditions} publication={publication} />
      <RecordingPanel episode={episode} />
      <div class="folds">
        <details open={edit.problem !== undefined}>
          <summary>Edit title and notes</summary>
          <EpisodeForm form={edit} action={`/admin/episodes/${episode.id}`} submit="Save" />
        </details>
        <TextForms episode={episode} canTranscribe={canTranscribe} />
        <details>
          <summary>Artwork</summary>
          <img class="cover" src={cover} alt="" width="120" height="120" loading="lazy" data-cover />
          <ArtworkForm of="episode" id={episode.id} otherwise="the show’s" />
        </details>
        <details>
          <summary>Delete</summary>
          <form method="post" action={`/admin/episodes/${episode.id}/delete`}>
            <p>
              This takes the episode away for good: its page, its audio and its place in the feed. Listeners who follow
              a link to it are told that it was deleted.
            </p>
            <button type="submit" class="danger">
              Delete “{episode.title ?? 'Untitled'}”
            </button>
          </form>
        </details>
      </div>
    </article>
  )
}
