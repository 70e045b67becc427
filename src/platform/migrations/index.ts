import { first } from './0001-first.ts'
import { audio } from './0002-audio.ts'
import { transcription } from './0003-transcription.ts'
import { aac } from './0004-aac.ts'
import { delivery } from './0005-delivery.ts'
import { analytics } from './0006-analytics.ts'
import { ways } from './0007-ways.ts'
import { feeds } from './0008-feeds.ts'
import { feedDocuments } from './0009-feed-documents.ts'
import { pushes } from './0010-pushes.ts'
import { formerEpisodes } from './0011-former-episodes.ts'
import { keptWindows } from './0012-kept-windows.ts'
import type { Migration } from './migration.ts'

/** In the order in which they run. A name that has been released never changes. */
export const migrations: readonly Migration[] = [
  first,
  audio,
  transcription,
  aac,
  delivery,
  analytics,
  ways,
  feeds,
  feedDocuments,
  pushes,
  formerEpisodes,
  keptWindows,
]
