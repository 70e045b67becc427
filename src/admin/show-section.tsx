import { pathOf } from '../core/addresses.ts'
import { pictureUrl } from '../shows/artwork.ts'
import type { ShowView } from '../shows/schemas.ts'
import { ArtworkForm } from './artwork-form.tsx'
import type { ShowWithEpisodes } from './dashboard.ts'
import { DownloadsSection } from './downloads-section.tsx'
import { EpisodeForm } from './episode-form.tsx'
import { EpisodeItem } from './episode-item.tsx'
import { formIds } from './form-ids.ts'
import { formState, type Refusal, type Typed } from './forms.ts'
import { HealthSection } from './health-section.tsx'
import { ShowForm } from './show-form.tsx'
import { typedSound } from './sound-fields.tsx'

type Props = ShowWithEpisodes & Readonly<{ refusal?: Refusal }>

/** One show: what it is, its episodes, and a form for the next one. */
export function ShowSection({ show, episodes, renditions, downloads, canTranscribe, refusal }: Props) {
  const edit = formState(formIds.editShow(show.id), storedFields(show), refusal)
  return (
    <section class="card show" id={formIds.show(show.id)} data-show={show.id} aria-labelledby={`title-${show.id}`}>
      <header class="show-head">
        <img class="cover" src={pathOf(pictureUrl(show, 300, 'jpg'))} alt="" width="120" height="120" data-cover />
        <div>
          <h2 id={`title-${show.id}`}>{show.title}</h2>
          <p class="links">
            <a href={pathOf(show.pageUrl)}>Page</a> <a href={pathOf(show.feedUrl)}>Feed</a>
          </p>
          <p class="feed-address">
            <code>{show.feedUrl}</code>
          </p>
        </div>
      </header>
      <ArtworkForm of="show" id={show.id} otherwise="the default cover" />
      <details open={edit.problem !== undefined}>
        <summary>Edit the show</summary>
        <ShowForm form={edit} action={`/admin/shows/${show.id}`} submit="Save the show" />
      </details>
      <DownloadsSection show={show} downloads={downloads} />
      <HealthSection showId={show.id} />
      <div class="new-episode">
        <h3>New episode</h3>
        <EpisodeForm
          form={formState(formIds.newEpisode(show.id), {}, refusal)}
          action={`/admin/shows/${show.id}/episodes`}
          submit="Create the episode"
          isNew
        />
      </div>
      <h3>Episodes</h3>
      {episodes.length === 0 && <p class="hint">None yet. Create the first one above, then upload its recording.</p>}
      {episodes.map((episode) => (
        <EpisodeItem
          key={episode.id}
          episode={episode}
          renditions={renditions.get(episode.id)}
          canTranscribe={canTranscribe}
          refusal={refusal}
        />
      ))}
    </section>
  )
}

const storedFields = (show: ShowView): Typed => ({
  title: show.title,
  description: show.description,
  author: show.author,
  ownerEmail: show.ownerEmail,
  category: show.category,
  language: show.language,
  explicit: String(show.explicit),
  enclosurePrefix: show.enclosurePrefix ?? '',
  timeZone: show.timeZone ?? '',
  ...typedSound(show),
})
