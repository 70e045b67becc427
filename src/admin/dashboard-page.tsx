import { usualSound } from '../shows/show.ts'
import { AdminLayout } from './admin-layout.tsx'
import type { ShowWithEpisodes } from './dashboard.ts'
import { formIds } from './form-ids.ts'
import { formState, type Refusal } from './forms.ts'
import { Languages, ShowForm, TimeZones } from './show-form.tsx'
import { ShowSection } from './show-section.tsx'
import { typedSound } from './sound-fields.tsx'

type Props = Readonly<{ shows: readonly ShowWithEpisodes[]; language: string; refusal?: Refusal }>

/** The one page: every show with its episodes, and a form for another show. */
export function dashboardPage({ shows, language, refusal }: Props) {
  const latest = shows[0]?.show
  const defaults = {
    language,
    author: latest?.author ?? '',
    ownerEmail: latest?.ownerEmail ?? '',
    ...typedSound(usualSound),
  }
  return (
    <AdminLayout title={refusal ? 'Error: Your shows · Longwave' : 'Your shows · Longwave'} isSignedIn>
      <h1>{latest ? 'Your shows' : 'Welcome to Longwave'}</h1>
      <noscript>
        <p class="problem">
          Uploading recordings and artwork, and scheduling, need JavaScript, which is off in this browser. Everything
          else on this page works without.
        </p>
      </noscript>
      {shows.map((each) => (
        <ShowSection key={each.show.id} {...each} refusal={refusal} />
      ))}
      <section class="card" aria-labelledby="new-show-heading">
        <h2 id="new-show-heading">{latest ? 'New show' : 'Make your first show'}</h2>
        {!latest && <p>These are the words that podcast apps show. You can change them later.</p>}
        <ShowForm
          form={formState(formIds.newShow, defaults, refusal)}
          action="/admin/shows"
          submit="Create the show"
          isNew
        />
      </section>
      <Languages />
      <TimeZones />
    </AdminLayout>
  )
}
