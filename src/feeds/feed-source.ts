import type { App } from '../core/app.ts'
import { findAlternatesOfShow } from '../shows/alternate.ts'
import { findArtworks } from '../shows/artwork.ts'
import { findChapterRowsOfShow } from '../shows/chapter-list.ts'
import { listPublishedEpisodes } from '../shows/episode.ts'
import { hasFormerAddress } from '../shows/former-address.ts'
import { listLiveItems } from '../shows/live-item.ts'
import { findRenditionsOfShow } from '../shows/rendition.ts'
import type { Show } from '../shows/show.ts'
import { findTranscriptRowsOfShow } from '../shows/transcript.ts'

/** The rows that every variant of a show's feed is made of. */
export type FeedSource = Awaited<ReturnType<typeof readSource>>

/** Reads them once; episodes are those that are public at that moment (epoch ms), newest first. */
export async function readSource(app: App, show: Show, moment: number) {
  const { db } = app
  const episodes = await listPublishedEpisodes(db, show.id, moment)
  const [renditions, alternates, artworks, chapters, transcripts, liveItems, hasMovedHere] = await Promise.all([
    findRenditionsOfShow(app, show.id),
    findAlternatesOfShow(app, show.id),
    findArtworks(db, [show.artworkId, ...episodes.map((episode) => episode.artworkId)]),
    findChapterRowsOfShow(db, show.id),
    findTranscriptRowsOfShow(db, show.id),
    listLiveItems(db, show.id),
    hasFormerAddress(db, show.id),
  ])
  return { show, episodes, renditions, alternates, artworks, chapters, transcripts, liveItems, hasMovedHere } as const
}
