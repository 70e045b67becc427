import { Server, type ServerOptions } from '@tus/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { NodeRequest } from 'srvx/node'
import { uploadPath } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { invalid } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import { getEpisodeToFill, receiveUpload, recoverUpload } from './receive-upload.ts'
import { notStored, overLimit } from './refusals.ts'
import { declarationOf, findUpload, metadataOf } from './upload.ts'

const tusVersion = '1.0.0'

/**
 * The resumable door: tus 1.0 (https://tus.io/protocols/resumable-upload) at /api/uploads, on the store and locker of `app`.
 * Uploads name their episode in `Upload-Metadata: episodeId, filename, keepAudio`. The handler throws our errors and answers all else.
 */
export function createTusHandler(app: App): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const { incoming, config } = app
  const failures = new WeakMap<object, unknown>()
  const options: ServerOptions & { datastore: typeof incoming.store } = {
    path: '/api/uploads',
    datastore: incoming.store,
    locker: incoming.locker,
    lockDrainTimeout: 1_000,
    maxSize: config.maxUploadBytes,
    namingFunction: () => incoming.storeId(newId()),
    generateUrl: (_, { id }) => uploadPath(uploadIdOf(id)),
    getFileIdFromRequest: (_, lastPart) => lastPart && incoming.storeId(lastPart),
    async onUploadCreate(_, upload) {
      const declaration = declarationOf(upload.metadata ?? {})
      if (!declaration) throw invalid('The upload names no episode: set episodeId in Upload-Metadata.', 'episodeId')
      await getEpisodeToFill(app, declaration.episodeId)
      return { metadata: metadataOf(declaration) }
    },
    async onUploadFinish(_, upload) {
      const declaration = declarationOf(upload.metadata ?? {})
      if (!declaration) throw invalid('The upload names no episode: set episodeId in Upload-Metadata.', 'episodeId')
      await receiveUpload(app, uploadIdOf(upload.id), declaration, upload.size ?? upload.offset)
      return {}
    },
    onResponseError(request, error) {
      failures.set(request, error)
      return undefined
    },
  }
  const server = new Server(options)

  return async (request, reply) => {
    reply.header('tus-resumable', tusVersion)
    if (request.method !== 'OPTIONS' && request.headers['tus-resumable'] !== tusVersion) {
      reply.header('tus-version', tusVersion)
      throw refusedByTus(412, `Send Tus-Resumable: ${tusVersion}.`)
    }
    const uploadId = (request.params as { uploadId?: string }).uploadId
    if (request.method === 'HEAD' && uploadId) {
      await recoverUpload(app, uploadId)
      const upload = await findUpload(app.db, uploadId)
      if (upload) return answerReceived(reply, upload.bytes)
    }
    const webRequest = new NodeRequest({ req: request.raw, res: reply.raw })
    const response = await server.handleWeb(webRequest)
    const failure = failures.get(webRequest)
    // Our own verbs throw errors; tus itself throws plain objects, of which the answer tells the status.
    if (failure instanceof Error) throw failure
    if (response.status === 413) throw overLimit(config.maxUploadBytes)
    if (response.status >= 500) throw notStored(failure)
    if (response.status >= 400) throw refusedByTus(response.status, await response.text())
    reply.code(response.status).headers(Object.fromEntries(response.headers))
    return reply.send(response.body === null ? undefined : await response.text())
  }
}

/** The store's name of an upload ends in our id. */
const uploadIdOf = (storeId: string) => storeId.replace(/^.*\//s, '')

/** To a client that lost our last answer: everything is here (tus 1.0, HEAD). */
function answerReceived(reply: FastifyReply, bytes: number): FastifyReply {
  return reply.headers({ 'upload-offset': bytes, 'upload-length': bytes, 'cache-control': 'no-store' }).send()
}

/** What tus refused, for the error handler: its status and its words. */
const refusedByTus = (statusCode: number, words: string): Error =>
  Object.assign(new Error(words.trim() || 'This is not a request of tus 1.0.'), { statusCode, code: 'TUS' })
