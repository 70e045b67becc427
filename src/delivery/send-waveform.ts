import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { AppError } from '../core/errors.ts'
import type { Rendition } from '../shows/rendition.ts'
import { audiowaveformJson, findWaveform } from '../shows/waveform.ts'
import { sendText, textDocument } from './send-text.ts'

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
  return sendText(request, reply, textDocument('application/json; charset=utf-8', json))
}
