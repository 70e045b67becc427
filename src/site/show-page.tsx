import { pathOf } from '../core/addresses.ts'
import { pictureUrl } from '../shows/artwork.ts'
import { excerpt } from '../shows/notes.ts'
import type { EpisodeView, ShowView } from '../shows/schemas.ts'
import { EpisodeList } from './episode-list.tsx'
import { renderPage, type Station } from './layout.tsx'
import { showLinkedData } from './linked-data.ts'
import { addressOfPage, type Page } from './paging.ts'
import { ShowHero } from './show-hero.tsx'
import { SocialCard } from './social-card.tsx'
import { FeedLink, Subscribe } from './subscribe.tsx'

type ShowPageProps = Readonly<{ show: ShowView; episodes: Page<EpisodeView> }>

export function showPage(station: Station, props: ShowPageProps): string {
  const { show, episodes } = props
  return renderPage({
    station,
    title: `${show.title}, a podcast by ${show.author}${episodes.page > 1 ? ` (page ${episodes.page})` : ''}`,
    language: show.language,
    head: <Head {...props} />,
    linkedData: showLinkedData(show),
    scripts: ['copy'],
    children: <Content {...props} />,
  })
}

const Head = ({ show, episodes: { page, pages } }: ShowPageProps) => (
  <>
    <link rel="canonical" href={addressOfPage(show.pageUrl, page)} />
    {page > 1 && <link rel="prev" href={addressOfPage(show.pageUrl, page - 1)} />}
    {page < pages && <link rel="next" href={addressOfPage(show.pageUrl, page + 1)} />}
    <FeedLink show={show} />
    <SocialCard
      type="website"
      site={show.title}
      title={show.title}
      description={excerpt(show.description, 300)}
      url={show.pageUrl}
      imageUrl={pictureUrl(show, 1400, 'jpg')}
    />
  </>
)

const Content = ({ show, episodes }: ShowPageProps) => (
  <>
    <ShowHero show={show} />
    <div class="columns">
      <section aria-labelledby="episodes">
        <h2 id="episodes">Episodes {episodes.total > 0 && <span class="count">{episodes.total}</span>}</h2>
        {episodes.total === 0 ? (
          <p class="empty">Nothing is on the air yet. Follow the show, and the first episode will find you.</p>
        ) : (
          <EpisodeList show={show} episodes={episodes.items} />
        )}
        {episodes.pages > 1 && <Pager url={pathOf(show.pageUrl)} {...episodes} />}
      </section>
      <Subscribe show={show} />
    </div>
  </>
)

const Pager = ({ url, page, pages }: Readonly<{ url: string; page: number; pages: number }>) => (
  <nav class="pager" aria-label="Pages of episodes">
    {page > 1 ? (
      <a class="button" rel="prev" href={addressOfPage(url, page - 1)}>
        Newer
      </a>
    ) : (
      <span />
    )}
    <span>
      Page {page} of {pages}
    </span>
    {page < pages ? (
      <a class="button" rel="next" href={addressOfPage(url, page + 1)}>
        Older
      </a>
    ) : (
      <span />
    )}
  </nav>
)
