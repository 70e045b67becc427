import { setImmediate } from 'node:timers/promises'
import { recountOneEpisode, recountShow } from './analytics/recount.ts'
import { rollUp } from './analytics/roll-up.ts'
import { findBinaries } from './audio/ffmpeg/binaries.ts'
import { confine } from './audio/ffmpeg/confine.ts'
import type { App } from './core/app.ts'
import type { ClaimedJob, JobName, JobPayloads, JobRun, Lane } from './core/jobs.ts'
import { publishFeed, refreshFeeds } from './feeds/publish-feed.ts'
import { sweepPushes } from './feeds/push/push.ts'
import { giveUpPush, sendPush } from './feeds/push/send-push.ts'
import { tellEdit } from './feeds/push/tell-edit.ts'
import { addAacToShow } from './shows/aac.ts'
import { retagShow } from './shows/retagging.ts'
import { addAac, giveUpAac } from './uploads/add-aac.ts'
import { keepOriginal } from './uploads/keep-original.ts'
import { measureOldRenditions, measureRendition } from './uploads/measure-rendition.ts'
import { failUpload, processUpload } from './uploads/process-upload.ts'
import { renderOldArtwork, renderOldArtworks } from './uploads/render-old-artwork.ts'
import { retagEpisode } from './uploads/retag-episode.ts'
import { sweepIncoming } from './uploads/sweep-incoming.ts'
import { sweepStorage } from './uploads/sweep-storage.ts'
import { giveUpTranscription, transcribeEpisode } from './uploads/transcribe-episode.ts'
import { keepLease, leaseSeconds } from './worker/keep-lease.ts'
import { keepTrying } from './worker/keep-trying.ts'
import { repeat, startRecurring } from './worker/recurring.ts'
import { mostAttempts, settleFailure } from './worker/settle-failure.ts'

/** A podcaster waits for the heavy lane. */
const pollMs = (lane: Lane) => (lane === 'heavy' ? 100 : 250)
const troublePauseMs = 2_000
const keepFailedMs = 30 * 24 * 60 * 60 * 1000

type Handler<Name extends JobName> = Readonly<{
  run(app: App, payload: JobPayloads[Name], run: JobRun): Promise<void>
  /** Called when the job is given up, after its last try. */
  giveUp?(app: App, payload: JobPayloads[Name]): Promise<void>
}>

/** Every job and what does it. */
const handlers: { [Name in JobName]: Handler<Name> } = {
  'process-upload': {
    run: processUpload,
    giveUp: (app, { uploadId }) =>
      failUpload(
        app,
        uploadId,
        'Something went wrong here, several times. The log says what. Upload the recording again.',
      ),
  },
  'measure-rendition': { run: measureRendition },
  'keep-original': { run: keepOriginal },
  'add-aac': { run: addAac, giveUp: giveUpAac },
  'add-aac-to-show': { run: addAacToShow },
  'transcribe-episode': { run: transcribeEpisode, giveUp: giveUpTranscription },
  'publish-feed': { run: publishFeed },
  push: { run: sendPush, giveUp: giveUpPush },
  'tell-edit': { run: tellEdit },
  'retag-episode': { run: retagEpisode },
  'retag-show': { run: retagShow },
  'render-artwork': { run: renderOldArtwork },
  'roll-up': { run: rollUp },
  'recount-show': { run: recountShow },
  'recount-episode': { run: recountOneEpisode },
  'sweep-incoming': { run: sweepIncoming },
  'sweep-storage': { run: sweepStorage },
  'sweep-pushes': { run: sweepPushes },
  'sweep-jobs': { run: ({ jobs, clock }) => jobs.forgetFailed(clock.now() - keepFailedMs) },
}

const names = Object.keys(handlers) as JobName[]
const transcribing: JobName[] = ['transcribe-episode']
const notTranscribing = names.filter((name) => !transcribing.includes(name))

/**
 * Claims and runs jobs until it is stopped: `HEAVY_JOBS` at a time in the heavy lane, two in the light and the outgoing one each, one
 * in the background, and one in the slow lane; beside it, where the station has a transcriber, one transcription, for which nothing else waits.
 * `stop` interrupts the running ones, which are taken up by the next worker, and resolves when they have ended.
 */
export function startWorker(app: App): { stop(): Promise<void> } {
  void reportBinaries(app)
  const stopping = new AbortController()
  const loops = [
    ...Array.from({ length: app.config.heavyJobs }, () => runLane(app, 'heavy', stopping.signal)),
    runLane(app, 'light', stopping.signal),
    runLane(app, 'light', stopping.signal),
    runLane(app, 'outgoing', stopping.signal),
    runLane(app, 'outgoing', stopping.signal),
    runLane(app, 'background', stopping.signal),
    runLane(app, 'slow', stopping.signal, notTranscribing),
    ...(app.config.transcribeCommand ? [runLane(app, 'slow', stopping.signal, transcribing)] : []),
    keepTrying(app, () => enqueueFirstJobs(app), {
      signal: stopping.signal,
      complaint: 'the recurring jobs could not be started yet',
    }),
  ]
  return {
    async stop() {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

/** Says which ffmpeg will be used, or that there is none; the first recording need not wait for the search then. */
async function reportBinaries({ log }: App): Promise<void> {
  try {
    const { ffmpeg, origin } = await findBinaries()
    await confine(ffmpeg)
    log.info({ ffmpeg }, origin === 'PATH' ? 'ffmpeg found' : 'no ffmpeg on PATH: using the one from npm')
  } catch (error) {
    log.error((error as Error).message)
  }
}

async function enqueueFirstJobs(app: App): Promise<void> {
  await refreshFeeds(app)
  await measureOldRenditions(app)
  await renderOldArtworks(app)
  await startRecurring(app)
}

/** Claims and runs jobs of one lane, of all names or of those, one after the other until it is stopped. */
async function runLane(app: App, lane: Lane, stopping: AbortSignal, claimed = names): Promise<void> {
  while (!stopping.aborted) {
    const job = await app.jobs.claim(lane, claimed, { leaseSeconds }).catch(async (error) => {
      app.log.warn({ error }, 'no job could be claimed: is the database there?')
      await app.clock.sleep(troublePauseMs, stopping)
      return undefined
    })
    if (job) await runJob(app, job, stopping)
    else await app.clock.sleep(pollMs(lane), stopping)
    // On SQLite, a row of short jobs waits for nothing: others shall have their turn too.
    await setImmediate()
  }
}

async function runJob(app: App, job: ClaimedJob, stopping: AbortSignal): Promise<void> {
  const lease = keepLease(app, job)
  const hasEnded = await tryJob(app, job, { lost: lease.lost, stopping }).finally(lease.stop)
  if (hasEnded) {
    await keepTrying(app, () => repeat(app, job.name), {
      signal: stopping,
      complaint: 'a recurring job could not be put in the queue again yet',
    })
  }
}

/** Returns whether the job has ended, done or given up. */
async function tryJob<Name extends JobName>(
  app: App,
  job: ClaimedJob<Name>,
  { lost, stopping }: { lost: AbortSignal; stopping: AbortSignal },
): Promise<boolean> {
  const handler: Handler<Name> = handlers[job.name]
  let isComplete = false
  const run: JobRun = {
    signal: AbortSignal.any([stopping, lost]),
    async complete(db) {
      await app.jobs.complete(job, { db })
      isComplete = true
    },
  }
  try {
    if (job.attempt > mostAttempts) throw new Error('the process died at each try')
    await handler.run(app, job.payload, run)
    if (!isComplete) await app.jobs.complete(job)
    return true
  } catch (error) {
    return settleFailure(app, job, { error, stopping, giveUp: async () => handler.giveUp?.(app, job.payload) })
  }
}
