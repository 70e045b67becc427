import { countingUrl } from '../../core/addresses.ts'
import type { App } from '../../core/app.ts'
import type { Episode } from '../../shows/episode.ts'
import { findServed } from '../../shows/rendition.ts'
import { emptyCurve } from '../curve.ts'
import { audioParts } from '../heard-parts.ts'
import type { RetentionReport } from '../schemas.ts'
import { findCurve } from './first-days-report.ts'

/** How far listeners came in an episode: of those whose downloads count, how many fetched each part of the audio. */
export async function reportRetention(app: App, episode: Episode): Promise<RetentionReport> {
  const { streaming, download } = (await findCurve(app.db, episode.id)) ?? emptyCurve()
  const durationSeconds = (await findServed(app.db, episode))?.durationSeconds ?? 0
  const rows = Array.from({ length: audioParts }, (_, part) => ({
    percent: part,
    seconds: Math.round((durationSeconds * part * 10) / audioParts) / 10,
    streaming: streaming.parts[part] ?? 0,
    download: download.parts[part] ?? 0,
  }))
  return {
    episode: episode.id,
    durationSeconds,
    listeners: { streaming: streaming.listeners, download: download.listeners },
    rows,
    methodUrl: countingUrl(app.config),
  }
}
