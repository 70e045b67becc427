import type { FastifyPluginAsync } from 'fastify'
import { episodeUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { routeReading } from '../core/methods.ts'
import { addressImages } from '../shows/chapter-image.ts'
import { type ChapterList, findChapters } from '../shows/chapter-list.ts'
import { type Episode, findNeighbours, getEpisodeBySlug, listPublishedPage, type Neighbour } from '../shows/episode.ts'
import { isPublic } from '../shows/episode-state.ts'
import { getShowBySlug, listShows, type Show } from '../shows/show.ts'
import { viewEpisode, viewEpisodes } from '../shows/view-episode.ts'
import { viewShow, viewShows } from '../shows/view-show.ts'
import { findWaveformOfRendition } from '../shows/waveform.ts'
import { countingPage } from './counting-page.tsx'
import { episodePage } from './episode-page.tsx'
import { homePage } from './home-page.tsx'
import { episodesPerPage, pageOf, tryParsePage } from './paging.ts'
import { createParagraphLookup, type ParagraphLookup } from './paragraphs.ts'
import { sendPage } from './send-page.ts'
import { showPage } from './show-page.tsx'

type ShowAddress = { Params: { showSlug: string }; Querystring: { page?: unknown } }
type EpisodeAddress = { Params: { showSlug: string; episodeSlug: string } }

const latestAtHome = 5

const urls = {
  home: '/',
  counting: '/about/counting',
  show: '/shows/:showSlug',
  episode: '/shows/:showSlug/episodes/:episodeSlug',
}

/** The pages for listeners. */
export const siteRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const paragraphs = createParagraphLookup(app)
    web.addHook('onClose', async () => paragraphs.close())

    routeReading(web, urls.home, async (request, reply) => sendPage(request, reply, await renderHome(app)))

    routeReading(web, urls.counting, async (request, reply) => sendPage(request, reply, countingPage(app.config)))

    routeReading<ShowAddress>(web, urls.show, async (request, reply) => {
      const show = await getShowBySlug(app.db, request.params.showSlug)
      return sendPage(request, reply, await renderShow(app, show, request.query.page))
    })

    routeReading<EpisodeAddress>(web, urls.episode, async (request, reply) => {
      const show = await getShowBySlug(app.db, request.params.showSlug)
      const episode = await getEpisodeBySlug(app.db, show, request.params.episodeSlug)
      if (!isPublic(episode, app.clock.now())) throw notFound('episode', episode.slug)
      return sendPage(request, reply, await renderEpisode(app, paragraphs, { show, episode }))
    })
  }

async function renderHome(app: App): Promise<string> {
  const shows = await listShows(app.db)
  const [first, ...others] = shows
  const latest = first && others.length === 0 ? (await listPublic(app, first, 1, latestAtHome)).items : []
  return homePage(app.config, {
    shows: await viewShows(app, shows),
    latest: first && (await viewEpisodes(app, first, latest)),
  })
}

async function renderShow(app: App, show: Show, wantedPage: unknown): Promise<string> {
  const number = tryParsePage(wantedPage)
  const page = number && pageOf(await listPublic(app, show, number, episodesPerPage), number)
  if (!page) throw notFound('page', String(wantedPage))
  const items = await viewEpisodes(app, show, page.items)
  return showPage(app.config, { show: await viewShow(app, show), episodes: { ...page, items } })
}

async function renderEpisode(
  app: App,
  paragraphs: ParagraphLookup,
  { show, episode }: Readonly<{ show: Show; episode: Episode }>,
): Promise<string> {
  const view = await viewEpisode(app, show, episode)
  const { previous, next } = await findNeighbours(app.db, episode, app.clock.now())
  const link = (other: Neighbour | undefined) =>
    other && { title: other.title, pageUrl: episodeUrl(app.config, show.slug, other.slug) }
  return episodePage(app.config, {
    show: await viewShow(app, show),
    episode: view,
    peaks: await findWaveformOfRendition(app.db, episode.renditionId),
    chapters: await loadChapters(app, episode),
    paragraphs: view.transcript && (await paragraphs.get(episode.id)),
    previous: link(previous),
    next: link(next),
  })
}

async function loadChapters(app: App, episode: Episode): Promise<ChapterList | undefined> {
  const list = await findChapters(app.db, episode)
  return list && { ...list, chapters: await addressImages(app, episode.id, list.chapters) }
}

const listPublic = ({ db, clock }: App, show: Show, page: number, perPage: number) =>
  listPublishedPage(db, show.id, clock.now(), { page, perPage })
