import { homeUrl, pathOf } from '../core/addresses.ts'
import { renderPage, type Station } from './layout.tsx'

type Trouble = Readonly<{ status: number; title: string; detail: string }>

/** What a person sees instead of a page: what went wrong, and what to do. */
export function errorPage(station: Station, { status, title, detail }: Trouble): string {
  return renderPage({
    station,
    title: `${title} (${status})`,
    head: <meta name="robots" content="noindex" />,
    children: (
      <section class="notice">
        <p class="frequency">{status}</p>
        <h1>{title}</h1>
        <p>{detail}</p>
        <p>
          <a class="button main" href={pathOf(homeUrl(station))}>
            To the front page
          </a>
        </p>
      </section>
    ),
  })
}
