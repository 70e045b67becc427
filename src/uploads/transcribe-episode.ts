import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { runTranscriber, TranscriberFailed } from '../audio/transcriber/transcriber.ts'
import type { App } from '../core/app.ts'
import { AppError } from '../core/errors.ts'
import type { JobRun } from '../core/jobs.ts'
import { getEpisode, lockEpisode } from '../shows/episode.ts'
import { saveTranscript } from '../shows/put-transcript.ts'
import { readTranscript } from '../shows/read-transcript.ts'
import { findRendition } from '../shows/rendition.ts'
import { getShow } from '../shows/show.ts'
import type { Transcription } from '../shows/transcription-state.ts'
import { isRefusal } from './refusals.ts'
import { withScratch } from './scratch.ts'
import { endTranscription } from './transcription.ts'
import { beginTranscription, followTranscription, unwantedBecause } from './transcription-progress.ts'

/**
 * The job that has the operator's program transcribe what an episode serves. The transcript is taken only while that audio is
 * served, and nobody gave one meanwhile. A program that fails, or gives no WebVTT, ends it in `failed` with a reason; trouble of
 * ours throws, and the job is tried again.
 */
export async function transcribeEpisode(
  app: App,
  { transcriptionId }: { transcriptionId: string },
  run: JobRun,
): Promise<void> {
  const transcription = await beginTranscription(app, transcriptionId)
  if (!transcription) return
  const pulse = followTranscription(app, transcription, run.signal)
  try {
    const made = await withScratch(app.config.home, (folder) => transcribe(app, transcription, folder, pulse))
    await pulse.stop()
    await takeResult(app, transcription, made, run)
  } catch (error) {
    if (!pulse.isUnwanted()) {
      if (!isFailure(error)) throw error
      app.log.warn({ error, episodeId: transcription.episodeId }, 'an episode could not be transcribed')
      await endTranscription(app, app.db, transcriptionId, 'failed', error.message)
    }
  } finally {
    await pulse.stop()
  }
}

/** Tells the podcaster that the job will not be tried again. */
export async function giveUpTranscription(app: App, { transcriptionId }: { transcriptionId: string }): Promise<void> {
  const reason = 'Something went wrong here, several times. The log says what. Try again later.'
  await endTranscription(app, app.db, transcriptionId, 'failed', reason)
}

type Pulse = ReturnType<typeof followTranscription>

type Made = Readonly<{ segments: string; language: string }>

async function transcribe(app: App, { episodeId }: Transcription, folder: string, pulse: Pulse): Promise<Made> {
  const episode = await getEpisode(app.db, episodeId)
  const { language } = await getShow(app.db, episode.showId)
  const audio = path.join(folder, 'audio.mp3')
  await fetchAudio(app, episode.renditionId, audio, pulse.signal)
  const workshop = path.join(folder, 'workshop')
  await mkdir(workshop)
  const { signal, report } = pulse
  const bytes = await runTranscriber(app.config.transcribeCommand ?? [], {
    audio,
    folder: workshop,
    language,
    signal,
    onProgress: report,
  })
  return { segments: readResult(bytes), language }
}

async function fetchAudio(app: App, renditionId: string | null, file: string, signal: AbortSignal): Promise<void> {
  const rendition = await findRendition(app, renditionId ?? '')
  const body = rendition && (await app.storage.open(rendition.key))
  if (!body) throw new Error(`The audio ${rendition?.key} is lost: it is not in the storage`)
  await pipeline(body, createWriteStream(file), { signal })
}

function readResult(bytes: Buffer): string {
  try {
    return readTranscript(bytes, 'text/vtt').segments
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const beginning = new Error(`It began with: ${bytes.toString('utf8', 0, 500)}`)
    throw new TranscriberFailed(`What the transcriber gave cannot be used. ${error.message}`, { cause: beginning })
  }
}

async function takeResult(app: App, transcription: Transcription, made: Made, run: JobRun): Promise<void> {
  const { id, episodeId, uploadId } = transcription
  await app.db.transaction().execute(async (db) => {
    const episode = await lockEpisode(db, episodeId)
    const reason = await unwantedBecause(db, transcription)
    const hasEnded = await endTranscription(app, db, id, reason ? 'cancelled' : 'ready', reason)
    if (hasEnded && !reason) await saveTranscript(app, db, episode, { ...made, origin: 'transcriber', uploadId })
    await run.complete(db)
  })
}

/** What is the program's fault, or the episode's. */
const isFailure = (error: unknown): error is Error => error instanceof TranscriberFailed || isRefusal(error)
