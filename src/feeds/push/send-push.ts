import { sql, type Updateable } from 'kysely'
import type { App } from '../../core/app.ts'
import type { Db, Schema } from '../../core/db.ts'
import { AppError, unavailable } from '../../core/errors.ts'
import type { JobRun } from '../../core/jobs.ts'
import { listLiveItems } from '../../shows/live-item.ts'
import { findShow } from '../../shows/show.ts'
import { messageOf } from './message.ts'
import { findPush, type Push, silenceOf } from './push.ts'
import { parseRetryAfter } from './retry-after.ts'
import { type Reply, sendMessage } from './send-message.ts'

const patienceMs = 10_000

/** Answers that another try may change: too slow, too early, too often (RFC 9110 §15.5.9, 8470 §5.2, 6585 §4). */
const passing = [408, 425, 429]

/**
 * The job that sends one message, and notes each try in its row. Trouble of the receiver throws `unavailable`, so the worker tries
 * again later and later, for a day, and not before the receiver wants it; any other refusal is final. A message is sent again only
 * when the process dies between the answer and its note.
 */
export async function sendPush(app: App, { pushId }: { pushId: string }, run: JobRun): Promise<void> {
  const push = await findPush(app.db, pushId)
  if (push?.state !== 'waiting') return
  const show = await findShow(app.db, push.showId)
  const silence = silenceOf(show)
  if (silence || !show) return end(app, push, { state: 'failed', message: silence }, run)
  const message = messageOf(app.config, push, show)
  if (!message) return end(app, push, { state: 'failed', message: 'The settings of the station name it no more.' }, run)
  if (await isOver(app, push)) return end(app, push, { state: 'failed', message: over }, run)
  const signal = AbortSignal.any([run.signal, AbortSignal.timeout(patienceMs)])
  const reply = await sendMessage(app.fetchTrusted, message, signal).catch((error) => noteSilence(app, push, error))
  await settle(app, push, reply, run)
}

const over = 'Nothing was live any more when it was to be sent.'

/** Whoever hears of Podping's `live` late, after trouble, would call listeners to something that has ended. */
async function isOver({ db }: App, { service, reason, showId }: Push): Promise<boolean> {
  if (service !== 'podping' || reason !== 'live') return false
  return !(await listLiveItems(db, showId)).some(({ status }) => status === 'live')
}

/** After the last try: what went wrong stays in the row, as far as it was the receiver's doing. */
export async function giveUpPush({ db }: App, { pushId }: { pushId: string }): Promise<void> {
  const message = sql<string>`coalesce(message, 'Something went wrong here, several times. The log says what.')`
  await db
    .updateTable('push')
    .set({ state: 'failed', message })
    .where('id', '=', pushId)
    .where('state', '=', 'waiting')
    .execute()
}

async function settle(app: App, push: Push, { status, says, retryAfter }: Reply, run: JobRun): Promise<void> {
  const tried = { ...tryOf(app, push), status }
  if (status >= 200 && status < 300) return end(app, push, { ...tried, state: 'sent', message: null }, run)
  const isPassing = status >= 500 || passing.includes(status)
  const retryAt = isPassing ? parseRetryAfter(retryAfter, tried.triedAt) : undefined
  const message = `It answered ${status}${wish(retryAt, tried.triedAt)}${says ? `: ${says}` : '.'}`
  if (!isPassing) return end(app, push, { ...tried, state: 'failed', message }, run)
  await write(app.db, push, { ...tried, message })
  throw unavailable(`${push.target} could not be told of a feed. ${message}`, undefined, retryAt)
}

/** Notes that no answer came, and throws it on. */
async function noteSilence(app: App, push: Push, error: unknown): Promise<never> {
  if (error instanceof AppError)
    await write(app.db, push, { ...tryOf(app, push), status: null, message: error.message })
  throw error
}

const wish = (retryAt: number | undefined, now: number): string =>
  retryAt !== undefined && retryAt > now ? ` and asks to wait until ${new Date(retryAt).toISOString()}` : ''

const tryOf = ({ clock }: App, { attempts }: Push) => ({ attempts: attempts + 1, triedAt: clock.now() })

/** Together with the job, or not at all: a worker that lost the job writes nothing. */
async function end({ db }: App, push: Push, row: Updateable<Schema['push']>, run: JobRun): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await write(transaction, push, row)
    await run.complete(transaction)
  })
}

const write = (db: Db, { id }: Push, row: Updateable<Schema['push']>) =>
  db.updateTable('push').set(row).where('id', '=', id).execute()
