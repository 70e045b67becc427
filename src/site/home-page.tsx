import { adminUrl, defaultArtworkUrl, homeUrl, pathOf } from '../core/addresses.ts'
import { pictureUrl } from '../shows/artwork.ts'
import { excerpt } from '../shows/notes.ts'
import type { EpisodeView, ShowView } from '../shows/schemas.ts'
import { Artwork } from './artwork.tsx'
import { EpisodeList } from './episode-list.tsx'
import { renderPage, type Station } from './layout.tsx'
import { ShowHero } from './show-hero.tsx'
import { SocialCard } from './social-card.tsx'
import { FeedLink, Subscribe } from './subscribe.tsx'

/** A column of `.shows` in the style sheet: one on a phone, up to four on a wide page. */
const cardSizes = '(min-width: 36rem) 20rem, 90vw'

/** As many as are seen before scrolling. */
const eagerCards = 4

type HomePageProps = Readonly<{
  shows: readonly ShowView[]
  /** Of the only show, when there is one; newest first. */
  latest?: readonly EpisodeView[]
}>

/** The front page: every show; the only show at length; or how to make the first one. */
export function homePage(station: Station, { shows, latest = [] }: HomePageProps): string {
  const [first, ...others] = shows
  if (!first) return emptyHome(station)
  return others.length === 0 ? homeOfOne(station, first, latest) : homeOfMany(station, shows)
}

function emptyHome(station: Station): string {
  return renderPage({
    station,
    title: 'A new Longwave station',
    head: <meta name="robots" content="noindex" />,
    children: (
      <section class="notice">
        <h1>Nothing on the air yet</h1>
        <p>This station is up and running, and waits for its first show.</p>
        <ol>
          <li>Sign in with the token that was printed when the station first started.</li>
          <li>Make a show: a title, a sentence about it, and a cover.</li>
          <li>Upload a recording. Minutes later it can be heard here.</li>
        </ol>
        <p>
          <a class="button main" href={pathOf(adminUrl(station))}>
            Sign in and make a show
          </a>
        </p>
      </section>
    ),
  })
}

function homeOfOne(station: Station, show: ShowView, latest: readonly EpisodeView[]): string {
  return renderPage({
    station,
    title: `${show.title}, a podcast by ${show.author}`,
    language: show.language,
    head: (
      <>
        <link rel="canonical" href={homeUrl(station)} />
        <FeedLink show={show} />
        <Card
          station={station}
          title={show.title}
          description={show.description}
          imageUrl={pictureUrl(show, 1400, 'jpg')}
        />
      </>
    ),
    scripts: ['copy'],
    children: (
      <>
        <ShowHero show={show} isLinked />
        <div class="columns">
          <section aria-labelledby="latest">
            <h2 id="latest">Latest episodes</h2>
            {latest.length === 0 ? (
              <p class="empty">The first episode is still to come. Follow the show, and it will find you.</p>
            ) : (
              <EpisodeList show={show} episodes={latest} />
            )}
            <p class="actions">
              <a class="button" href={pathOf(show.pageUrl)}>
                All episodes
              </a>
            </p>
          </section>
          <Subscribe show={show} />
        </div>
      </>
    ),
  })
}

function homeOfMany(station: Station, shows: readonly ShowView[]): string {
  const { host } = new URL(station.publicUrl)
  return renderPage({
    station,
    title: `${shows.length} podcasts on ${host}`,
    head: (
      <>
        <link rel="canonical" href={homeUrl(station)} />
        {shows.map((show) => (
          <FeedLink key={show.id} show={show} />
        ))}
        <Card
          station={station}
          title={`Podcasts on ${host}`}
          description={shows.map((show) => show.title).join(' · ')}
          imageUrl={defaultArtworkUrl(station)}
        />
      </>
    ),
    children: (
      <section aria-labelledby="shows">
        <h1 id="shows">On the air</h1>
        <ul class="shows">
          {shows.map((show, index) => (
            <li key={show.id} lang={show.language}>
              <a href={pathOf(show.pageUrl)}>
                <Artwork of={show} sizes={cardSizes} isFirst={index < eagerCards} />
                <h2>{show.title}</h2>
              </a>
              <p class="from">{show.author}</p>
              <p class="excerpt">{excerpt(show.description, 140)}</p>
            </li>
          ))}
        </ul>
      </section>
    ),
  })
}

type CardProps = Readonly<{ station: Station; title: string; description: string; imageUrl: string }>

const Card = ({ station, title, description, imageUrl }: CardProps) => (
  <SocialCard
    type="website"
    site={title}
    title={title}
    description={excerpt(description, 300)}
    url={homeUrl(station)}
    imageUrl={imageUrl}
  />
)
