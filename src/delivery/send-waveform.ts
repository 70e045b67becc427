import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { checkConditions, conditionsOnTags } from '../core/conditions.ts'
import { AppError } from '../core/errors.ts'
import type { Rendition } from '../shows/rendition.ts'
import { audiowaveformJson, findWaveform } from '../shows/waveform.ts'

/**
 * Sends the waveform of a rendition to any program and any page. An older recording can be restored, so that a date would tell
 * nothing: the entity tag alone does. Throws `not-found` when none was made.
 */
export async function sendWaveform(
  { db }: App,
  request: FastifyRequest,
  reply: FastifyReply,
  rendition: Rendition,
): Promise<FastifyReply> {
  const peaks = await findWaveform(db, rendition.uploadId)
  if (!peaks) throw new AppError('not-found', 'No waveform was made of this episode. Its audio plays without.')
  const json = JSON.stringify(audiowaveformJson(peaks, rendition))
  const etag = `"${createHash('sha256').update(json).digest('base64url')}"`
  reply.headers({
    etag,
    'cache-control': 'public, no-cache',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'etag',
    'cross-origin-resource-policy': 'cross-origin',
  })
  const verdict = checkConditions(request.method, conditionsOnTags(request.headers), { etag, modifiedAt: 0 })
  if (verdict === 'not-modified') return reply.code(304).send()
  if (verdict === 'precondition-failed') return reply.code(412).send()
  return reply.type('application/json; charset=utf-8').send(json)
}
