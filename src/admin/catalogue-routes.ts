import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { adminUrl, pathOf } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { AppError, notFound } from '../core/errors.ts'
import { createEpisode, deleteEpisode, getEpisode, updateEpisode } from '../shows/episode.ts'
import { publishEpisode, unpublishEpisode } from '../shows/publication.ts'
import { restoreRendition } from '../shows/restoration.ts'
import { createShow, getShow, updateShow } from '../shows/show.ts'
import { viewEpisode } from '../shows/view-episode.ts'
import { listRenditions } from '../shows/view-renditions.ts'
import { findWaveformOfRendition } from '../shows/waveform.ts'
import { hasTranscriber, loadDashboard } from './dashboard.ts'
import { dashboardPage } from './dashboard-page.tsx'
import { EpisodeItem } from './episode-item.tsx'
import { formIds } from './form-ids.ts'
import { type Refusal, type Typed, typedFields } from './forms.ts'
import { healthPart } from './health-routes.ts'
import { newEpisodeFields, publicationInstant, showFields, storedEpisodeFields } from './read-forms.ts'
import { sendPage } from './send-page.ts'
import { signInPage } from './sign-in-page.tsx'
import { isSignedIn } from './sign-in-routes.ts'
import { waveformPicture } from './waveform-picture.ts'

type OfShow = { Params: { showId: string } }
type OfEpisode = { Params: { episodeId: string } }

/** The page with all shows, and its forms. Each form calls one verb and leads back to the page: 303, or the page with its mistake. */
export const catalogueRoutes =
  (app: App): FastifyPluginAsync =>
  async (web) => {
    const home = pathOf(adminUrl(app.config))

    web.addHook('onRequest', async (request, reply) => {
      if (await isSignedIn(app, request)) return
      if (request.method === 'GET') return sendPage(reply, signInPage())
      return sendPage(reply.code(401).header('www-authenticate', 'Bearer realm="Longwave"'), signInPage(sessionIsOver))
    })

    async function showPage(request: FastifyRequest, reply: FastifyReply, refusal?: Refusal): Promise<FastifyReply> {
      const language = preferredLanguage(request.headers['accept-language'])
      return sendPage(reply, dashboardPage({ shows: await loadDashboard(app), language, refusal }))
    }

    /** Does what a form asks for; `act` returns the id of the part of the page to go back to. */
    async function submit(
      request: FastifyRequest,
      reply: FastifyReply,
      form: string,
      act: (typed: Typed) => Promise<string>,
    ): Promise<FastifyReply> {
      const typed = typedFields(request.body)
      try {
        return reply.redirect(`${home}#${await act(typed)}`, 303)
      } catch (error) {
        const status = error instanceof AppError ? refusedWith[error.code] : undefined
        if (!(error instanceof AppError) || !status) throw error
        const field = error.details.field as string | undefined
        return showPage(request, reply.code(status), { form, message: error.message, field, typed })
      }
    }

    await web.register(healthPart(app))

    web.get('/', async (request, reply) => showPage(request, reply))

    web.post('/shows', (request, reply) =>
      submit(request, reply, formIds.newShow, async (typed) => {
        const show = await createShow(app, showFields(request, typed))
        return formIds.show(show.id)
      }),
    )

    web.post<OfShow>('/shows/:showId', (request, reply) =>
      submit(request, reply, formIds.editShow(request.params.showId), async (typed) => {
        const show = await updateShow(app, request.params.showId, showFields(request, typed))
        return formIds.show(show.id)
      }),
    )

    web.post<OfShow>('/shows/:showId/episodes', (request, reply) =>
      submit(request, reply, formIds.newEpisode(request.params.showId), async (typed) => {
        const episode = await createEpisode(app, request.params.showId, newEpisodeFields(request, typed))
        return formIds.episode(episode.id)
      }),
    )

    /** A part of the page, which the script looks at when an upload has changed the episode. */
    web.get<OfEpisode>('/episodes/:episodeId', async (request, reply) => {
      const episode = await getEpisode(app.db, request.params.episodeId)
      const show = await getShow(app.db, episode.showId)
      const item = {
        episode: await viewEpisode(app, show, episode),
        renditions: await listRenditions(app, episode.id),
        canTranscribe: hasTranscriber(app),
      }
      return sendPage(reply, EpisodeItem(item))
    })

    web.get<OfEpisode>('/episodes/:episodeId/waveform.svg', async (request, reply) => {
      const { id, renditionId } = await getEpisode(app.db, request.params.episodeId)
      const peaks = await findWaveformOfRendition(app.db, renditionId)
      if (!peaks) throw notFound('waveform', id)
      return reply.header('cache-control', 'private, max-age=3600').type('image/svg+xml').send(waveformPicture(peaks))
    })

    /** A form of an episode, which leads back to it. */
    const onEpisode = (
      path: string,
      formOf: (episodeId: string) => string,
      act: (episodeId: string, typed: Typed, request: FastifyRequest) => Promise<unknown>,
    ) =>
      web.post<OfEpisode>(`/episodes/:episodeId${path}`, (request, reply) => {
        const { episodeId } = request.params
        return submit(request, reply, formOf(episodeId), async (typed) => {
          await act(episodeId, typed, request)
          return formIds.episode(episodeId)
        })
      })

    onEpisode('', formIds.editEpisode, (id, typed, request) =>
      updateEpisode(app, id, storedEpisodeFields(request, typed)),
    )
    onEpisode('/publish', formIds.publication, (id) => publishEpisode(app, id))
    onEpisode('/schedule', formIds.publication, (id, typed, request) =>
      publishEpisode(app, id, publicationInstant(request, typed)),
    )
    onEpisode('/restore', formIds.publication, (id, typed) => restoreRendition(app, id, typed.id ?? ''))
    onEpisode('/unpublish', formIds.publication, (id) => unpublishEpisode(app, id))

    web.post<OfEpisode>('/episodes/:episodeId/delete', async (request, reply) => {
      const { showId } = await getEpisode(app.db, request.params.episodeId)
      await deleteEpisode(app, request.params.episodeId)
      return reply.redirect(`${home}#${formIds.show(showId)}`, 303)
    })
  }

const sessionIsOver = 'You are not signed in any more. Sign in, then go back in your browser and send the form again.'

/** What the page can show beside the form; all else gets a page of its own. */
const refusedWith: Partial<Record<AppError['code'], number>> = { invalid: 400, conflict: 409 }

/** A podcaster most likely speaks in the language that the browser asks for first. */
const preferredLanguage = (acceptLanguage = '') => /^[a-z]{2}\b/i.exec(acceptLanguage)?.[0].toLowerCase() ?? 'en'
