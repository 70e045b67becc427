import { pathOf } from '../core/addresses.ts'
import { pictureUrl } from '../shows/artwork.ts'
import type { ChapterList } from '../shows/chapter-list.ts'
import { excerpt } from '../shows/notes.ts'
import type { EpisodeView, ShowView } from '../shows/schemas.ts'
import type { Passage } from '../shows/segment.ts'
import type { Peaks } from '../shows/waveform.ts'
import { Artwork, heroSizes } from './artwork.tsx'
import { Chapters } from './chapters.tsx'
import { EpisodeFacts } from './episode-facts.tsx'
import { formatBytes } from './formats.ts'
import { renderPage, type Station } from './layout.tsx'
import { episodeLinkedData } from './linked-data.ts'
import { Player } from './player.tsx'
import { marksOf } from './seek-scale.tsx'
import { ShowNotes } from './show-notes.tsx'
import { SocialCard } from './social-card.tsx'
import { CopyButton, FeedLink, Subscribe } from './subscribe.tsx'
import { Transcript } from './transcript.tsx'

/** What a link to another episode needs. */
export type Neighbour = Readonly<{ title: string | null; pageUrl: string }>

type EpisodePageProps = Readonly<{
  show: ShowView
  episode: EpisodeView
  /** What the player draws on its seek bar. */
  peaks?: Peaks
  chapters?: ChapterList
  /** What is said in it, put together for readers, when that is known and fits on a page. */
  paragraphs?: readonly Passage[]
  /** The one published before, and the one after. */
  previous?: Neighbour
  next?: Neighbour
}>

export function episodePage(station: Station, props: EpisodePageProps): string {
  const { show, episode } = props
  return renderPage({
    station,
    title: `${episode.title} · ${show.title}`,
    language: show.language,
    head: <Head {...props} />,
    linkedData: episodeLinkedData(show, episode),
    scripts: ['player', 'copy', 'find'],
    children: <Content {...props} />,
  })
}

const Head = ({ show, episode, previous, next }: EpisodePageProps) => (
  <>
    <link rel="canonical" href={episode.pageUrl} />
    {previous && <link rel="prev" href={previous.pageUrl} />}
    {next && <link rel="next" href={next.pageUrl} />}
    <FeedLink show={show} />
    <SocialCard
      type="article"
      site={show.title}
      title={episode.title ?? show.title}
      description={episode.summary || excerpt(show.description, 300)}
      url={episode.pageUrl}
      imageUrl={pictureUrl(episode, 1400, 'jpg')}
      audio={episode.audio}
    />
  </>
)

const Content = ({ show, episode, peaks, chapters, paragraphs, previous, next }: EpisodePageProps) => (
  <>
    <article class="episode">
      <header class="hero">
        <Artwork of={episode} sizes={heroSizes} isFirst />
        <div>
          <p class="from">
            <a href={pathOf(show.pageUrl)}>{show.title}</a>
          </p>
          <h1>{episode.title}</h1>
          <EpisodeFacts show={show} episode={episode} />
          {episode.audio && (
            <Player show={show} episode={episode} audio={episode.audio} peaks={peaks} marks={marksOf(chapters)} />
          )}
          <p class="actions">
            {episode.audio && (
              <a class="button" href={pathOf(episode.audio.downloadUrl)} download>
                Download MP3 <span class="size">{formatBytes(episode.audio.bytes)}</span>
              </a>
            )}
            <CopyButton text={episode.pageUrl} label="Copy link" />
          </p>
        </div>
      </header>
      <div class="columns">
        <div class="texts">
          {chapters && <Chapters list={chapters} />}
          <section aria-labelledby="notes">
            <h2 id="notes">Show notes</h2>
            {episode.notesHtml ? <ShowNotes html={episode.notesHtml} /> : <p>This episode has no notes.</p>}
          </section>
          {episode.transcript && <Transcript summary={episode.transcript} paragraphs={paragraphs} />}
        </div>
        <Subscribe show={show} />
      </div>
    </article>
    {(previous || next) && (
      <nav class="neighbours" aria-label="Other episodes">
        {previous && <NeighbourLink label="Previous episode" rel="prev" {...previous} />}
        {next && <NeighbourLink label="Next episode" rel="next" {...next} />}
      </nav>
    )}
  </>
)

const NeighbourLink = ({
  label,
  rel,
  title,
  pageUrl,
}: Neighbour & Readonly<{ label: string; rel: 'prev' | 'next' }>) => (
  <a class={rel} rel={rel} href={pathOf(pageUrl)}>
    <span>{label}</span>
    <strong>{title}</strong>
  </a>
)
