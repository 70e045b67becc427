import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { useFeedToken } from '../shows/feed-token.ts'
import { getShowBySlug } from '../shows/show.ts'
import { codingChooser } from './accept-encoding.ts'
import { answersOf, sendDocument, sendUnchanged } from './send-document.ts'
import type { Asked, ServedFeeds } from './served-feeds.ts'
import { fillIn } from './token-placeholder.ts'
import { privateVariant } from './variants.ts'

const gzipAsync = promisify(gzip)
const chooseCoding = codingChooser(['gzip'])

/** Nobody waits for the last percent. */
const level = 5

/** For one listener, who is asked for anew each time; and no search engine shall keep what was leaked to it. */
const secret = { 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex, nofollow' }

/**
 * The feed of whoever holds that token: looked up at each request, so that one that was taken back is refused at once. Filled in and
 * compressed when it is asked for; not when the subscriber has it already. Throws `not-found` and `gone`.
 */
export async function sendPrivateFeed(
  app: App,
  feeds: ServedFeeds,
  asked: Asked & Readonly<{ feedToken: string }>,
  { request, reply }: Readonly<{ request: FastifyRequest; reply: FastifyReply }>,
): Promise<FastifyReply> {
  const { showId, earlySeconds } = await useFeedToken(app, asked.feedToken)
  const show = await getShowBySlug(app.db, asked.slug)
  if (show.id !== showId) throw notFound('private feed', asked.slug)
  const { row, parts } = await feeds.getPrivate(asked, privateVariant(earlySeconds))
  const coding = chooseCoding(request.headers['accept-encoding'])
  const answers = answersOf(row, coding, secret)
  const short = sendUnchanged(request, reply, answers)
  if (short) return short
  const document = fillIn(parts, asked.feedToken)
  return sendDocument(request, reply, answers, coding === 'gzip' ? await gzipAsync(document, { level }) : document)
}
