import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { routeReading } from '../core/methods.ts'
import { whenKnown } from '../core/when-known.ts'
import { useFeedToken } from '../shows/feed-token.ts'
import type { Rendition } from '../shows/rendition.ts'
import { deliver, immutable } from './deliver.ts'
import { type Asked, openHitWriter } from './hit-writer.ts'
import type { MediaLookup } from './media.ts'
import { checkMediaSignature, type MediaSignature } from './media-signature.ts'
import { privateTarget, publicTarget } from './redirect-target.ts'

type EpisodeFile = { Params: { episodeId: string; file: string } }
type PrivateFile = { Params: { feedToken: string; episodeId: string; file: string } }
type RenditionFile = { Params: { renditionId: string; file: string } }
type SignedFile = RenditionFile & { Querystring: Partial<MediaSignature> }

type AskedFile = Asked & Readonly<{ rendition: Rendition }>
type Sent = Readonly<{ asked: AskedFile; cacheControl: string; attachment?: string }>
type Redirected = Readonly<{ asked: AskedFile; file: string; isAttachment: boolean }>
type SentOn = Readonly<{ asked: Asked; url: string; cacheControl: string }>

const revalidated = 'public, no-cache'
const secret = 'private, no-store'

/**
 * The addresses of audio, each answer of which is one hit: the enclosure, the same as a download and for one subscriber, which
 * are redirected where DELIVERY says so; and the bytes themselves, which are not.
 */
export async function audioRoutes(app: App, web: FastifyInstance, media: MediaLookup): Promise<void> {
  const { config } = app
  const writeHit = await openHitWriter(app)

  const send = (request: FastifyRequest, reply: FastifyReply, { asked, cacheControl, attachment }: Sent) =>
    deliver(app, request, reply, asked.rendition, {
      cacheControl,
      attachment,
      internalPath: config.delivery === 'accel' ? internalPath(config.accelPrefix, asked.rendition.key) : undefined,
      onAnswered: writeHit(request, asked),
    })

  const sendOn = async (request: FastifyRequest, reply: FastifyReply, { asked, url, cacheControl }: SentOn) => {
    await writeHit(request, asked)(302, 0)
    return reply
      .code(302)
      .headers({ ...forEveryPage, location: url, 'cache-control': cacheControl })
      .send()
  }

  const redirect = async (request: FastifyRequest, reply: FastifyReply, { asked, file, isAttachment }: Redirected) => {
    const url = await publicTarget(app, { ...asked, file, method: request.method, isAttachment })
    return sendOn(request, reply, { asked, url, cacheControl: 'no-store' })
  }

  const enclosure = (door: 'audio' | 'download') => (request: FastifyRequest<EpisodeFile>, reply: FastifyReply) => {
    const { episodeId, file } = request.params
    const isAttachment = door === 'download'
    const answer = (rendition: Rendition) => {
      const asked = { rendition, door }
      if (config.delivery === 'redirect') return redirect(request, reply, { asked, file, isAttachment })
      return send(request, reply, { asked, cacheControl: revalidated, attachment: isAttachment ? file : undefined })
    }
    return whenKnown(media.publicFile(episodeId, file), answer)
  }
  routeReading<EpisodeFile>(web, '/audio/:episodeId/:file', enclosure('audio'))
  routeReading<EpisodeFile>(web, '/download/:episodeId/:file', enclosure('download'))

  routeReading<PrivateFile>(web, '/audio/p/:feedToken/:episodeId/:file', async (request, reply) => {
    const { feedToken, episodeId, file } = request.params
    const subscriber = await useFeedToken(app, feedToken)
    const { rendition, isEarly } = await media.fileOfShow(subscriber, episodeId, file)
    const url = await privateTarget(app, { rendition, file, method: request.method, isEarly })
    const asked = { rendition, door: 'private', feedTokenId: subscriber.id } as const
    return sendOn(request, reply, { asked, url, cacheControl: secret })
  })

  const bytes = (isAttachment: boolean) => async (request: FastifyRequest<RenditionFile>, reply: FastifyReply) => {
    const { renditionId, file } = request.params
    const rendition = await media.publicRendition(renditionId, file)
    const asked = { rendition, door: 'media' } as const
    return send(request, reply, { asked, cacheControl: immutable, attachment: isAttachment ? file : undefined })
  }
  routeReading<RenditionFile>(web, '/media/:renditionId/:file', bytes(false))
  routeReading<RenditionFile>(web, '/media/:renditionId/download/:file', bytes(true))

  routeReading<SignedFile>(web, '/media/p/:renditionId/:file', async (request, reply) => {
    const { renditionId, file } = request.params
    checkMediaSignature(config.secretKey, renditionId, request.query, app.clock.now())
    const rendition = await media.signedRendition(renditionId, file)
    return send(request, reply, { asked: { rendition, door: 'private' }, cacheControl: secret })
  })
}

const forEveryPage = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' }

/** What `X-Accel-Redirect` names: the store's key below the location that nginx keeps for it. */
const internalPath = (prefix: string, key: string) => `${prefix}/${key.split('/').map(encodeURIComponent).join('/')}`
