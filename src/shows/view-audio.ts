import { audioUrl, downloadUrl, waveformUrl } from '../core/addresses.ts'
import type { Config } from '../core/config.ts'
import { alternateFile } from './alternate.ts'
import type { Episode } from './episode.ts'
import { enclosureFile } from './episode-state.ts'
import type { Rendition } from './rendition.ts'
import type { AudioView } from './schemas.ts'

/** The audio of an episode as the API tells it: where it is, what it is, and how loud it was and became. */
export const viewAudio = (
  config: Config,
  episode: Episode,
  rendition: Rendition,
  { hasWaveform, alternate }: Readonly<{ hasWaveform: boolean; alternate?: Rendition }>,
): AudioView => ({
  url: audioUrl(config, episode.id, enclosureFile(episode)),
  downloadUrl: downloadUrl(config, episode.id, enclosureFile(episode)),
  ...(hasWaveform && { waveformUrl: waveformUrl(config, episode.id) }),
  type: rendition.type,
  bytes: rendition.bytes,
  durationSeconds: rendition.durationSeconds,
  bitrateKbps: rendition.bitrateKbps,
  channels: rendition.channels,
  kept: rendition.isKept === 1,
  alternates: alternate ? [viewAlternate(config, episode, alternate)] : [],
  loudness: {
    integratedLufs: hundredths(rendition.lufs),
    truePeakDbtp: hundredths(rendition.peakDbtp),
    ...(rendition.measuredAt !== null && { measuredAt: new Date(rendition.measuredAt).toISOString() }),
  },
  source: {
    integratedLufs: hundredths(rendition.sourceLufs),
    truePeakDbtp: hundredths(rendition.sourcePeakDbtp),
  },
  targetLufs: hundredths(rendition.targetLufs),
  gainDb: hundredths(rendition.gainDb),
  limitedDb: hundredths(rendition.limitedDb),
  shortfallLu: hundredths(rendition.shortfallLu),
})

const viewAlternate = (config: Config, episode: Episode, alternate: Rendition): AudioView['alternates'][number] => ({
  url: audioUrl(config, episode.id, alternateFile(episode, alternate)),
  type: alternate.type,
  bytes: alternate.bytes,
  bitrateKbps: alternate.bitrateKbps,
  durationSeconds: alternate.durationSeconds,
})

/** Finer than any ear or meter, and without the digits that sums in binary leave behind. */
const hundredths = <Level extends number | null>(level: Level) =>
  (level === null ? null : Math.round(level * 100) / 100) as Level
