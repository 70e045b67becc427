import type { App } from '../../core/app.ts'
import { getShow } from '../../shows/show.ts'
import { findFeedDocument, newestOf } from '../feed-document.ts'
import { makeItems } from '../feed-items.ts'
import type { FeedItem, FeedModel } from '../feed-model.ts'
import { readSource } from '../feed-source.ts'
import { modelsOfPages } from '../make-model.ts'
import { publicVariant } from '../variants.ts'

/** An episode as the feed tells it, and what only the station knows of it. */
export type HealthItem = FeedItem &
  Readonly<{
    episodeId: string
    channels: number
    /** Of the finished file, LUFS; null: not measured, or silence. */
    lufs: number | null
  }>

/** All that rules look at. */
export type Facts = Readonly<{
  /** The public feed as if it stood on one page. */
  model: FeedModel
  items: readonly HealthItem[]
  publicUrl: string
  /** Pixels of each side of the show's own cover; undefined: it has none. */
  coverPixels: number | undefined
  /** Episodes that the first page of the feed holds. */
  pageSize: number
  /** Bytes of the first page as it is sent compressed; undefined: it was not made yet. */
  gzipBytes: number | undefined
  isGuidFinal: boolean
  isRedirected: boolean
  /** Epoch milliseconds. */
  now: number
}>

/** Throws `not-found` and `gone`. */
export async function gatherFacts(app: App, showId: string): Promise<Facts> {
  const show = await getShow(app.db, showId)
  const now = app.clock.now()
  const source = await readSource(app, show, now)
  const items = await makeItems(app, source, publicVariant, now)
  const pages = [{ before: 0, from: 0, to: items.length }]
  const episodes = new Map(source.episodes.map((episode) => [episode.guid, episode]))
  const cover = source.artworks.get(show.artworkId ?? '')
  const document = await findFeedDocument(app.db, newestOf(showId))
  return {
    model: modelsOfPages(app, source, publicVariant, { items, pages })(0),
    items: items.map((item) => {
      const episode = episodes.get(item.guid)
      const rendition = source.renditions.get(episode?.renditionId ?? '')
      return {
        ...item,
        episodeId: episode?.id ?? '',
        channels: rendition?.channels ?? 2,
        lufs: rendition?.lufs ?? null,
      }
    }),
    publicUrl: app.config.publicUrl,
    coverPixels: cover && Math.max(cover.size, ...cover.files.map(({ size }) => size)),
    pageSize: show.feedPageSize,
    gzipBytes: document?.bytes?.length,
    isGuidFinal: show.guidIsFinal === 1,
    isRedirected: show.newFeedUrl !== null && show.feedRedirects === 1,
    now,
  }
}
