import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { makeAac } from '../audio/make-aac.ts'
import type { App } from '../core/app.ts'
import { findKeptAlternate } from '../shows/alternate.ts'
import type { Rendition } from '../shows/rendition.ts'
import { finite } from './finite.ts'
import { findUpload } from './upload.ts'
import type { WantedAac } from './wanted-aac.ts'

/** An M4A file with the right audio on this machine; `model` is what its rendition says of the audio. */
export type AacSource = Readonly<{ path: string; model: Rendition }>

type Options = Readonly<{
  /** An existing folder of the job's own. */
  folder: string
  signal: AbortSignal
}>

/**
 * An AAC of that bit rate that was made before, else one that is encoded from the recording itself; where that is gone, one of
 * another bit rate. Undefined when there is none of them.
 */
export async function findAacSource(app: App, wanted: WantedAac, options: Options): Promise<AacSource | undefined> {
  const kept = await findKeptAlternate(app.db, wanted.enclosure.uploadId)
  const fetchKept = async () => kept && fetchAlternate(app, kept, options)
  const encode = () => encodeRecording(app, wanted, options)
  if (kept?.bitrateKbps === wanted.bitrateKbps) return (await fetchKept()) ?? encode()
  return (await encode()) ?? fetchKept()
}

async function fetchAlternate(
  { storage }: App,
  alternate: Rendition,
  { folder, signal }: Options,
): Promise<AacSource | undefined> {
  const file = path.join(folder, 'kept.m4a')
  const body = await storage.open(alternate.key)
  if (!body) return undefined
  await pipeline(body, createWriteStream(file), { signal })
  return { path: file, model: alternate }
}

/** As loud as the MP3: where the recording's own frames were kept, its loudness stays as it is too. */
async function encodeRecording(
  app: App,
  { enclosure, bitrateKbps }: WantedAac,
  { folder, signal }: Options,
): Promise<AacSource | undefined> {
  const recording = path.join(folder, 'recording')
  if (!(await fetchRecording(app, enclosure.uploadId, recording, signal))) return undefined
  const targetLufs = enclosure.isKept === 1 ? null : enclosure.targetLufs
  const form = { bitrateKbps, targetLufs: targetLufs ?? undefined }
  const longestSeconds = app.config.maxRecordingHours * 3600
  const made = await makeAac(recording, { folder, form, longestSeconds, signal })
  const { channels, sampleRateHz, durationSeconds } = made
  const { gainDb, limitedDb, shortfallLu } = made.level
  const heard = { lufs: finite(made.lufs), peakDbtp: finite(made.peakDbtp), measuredAt: app.clock.now() }
  return {
    path: made.path,
    model: {
      ...enclosure,
      ...{ bitrateKbps, channels, sampleRateHz, durationSeconds, isKept: 0 },
      ...{ targetLufs, gainDb, limitedDb, shortfallLu },
      ...heard,
    },
  }
}

/**
 * Puts the recording at `file`; false when it is gone. It lies in one place or the other at any moment, because `keep-original` notes
 * the second before it clears the first.
 */
async function fetchRecording(app: App, uploadId: string, file: string, signal: AbortSignal): Promise<boolean> {
  if (await app.incoming.checkOut(uploadId, file)) return true
  const upload = await findUpload(app.db, uploadId)
  const body = upload?.originalKey ? await app.storage.open(upload.originalKey) : undefined
  if (!body) return false
  await pipeline(body, createWriteStream(file), { signal })
  return true
}
