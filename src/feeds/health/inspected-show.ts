import type { App } from '../../core/app.ts'
import { feedRedirect } from '../../shows/feed-redirect.ts'
import type { Rendition } from '../../shows/rendition.ts'
import type { Show } from '../../shows/show.ts'
import type { FeedItem, FeedModel } from '../feed-model.ts'
import { readSource } from '../feed-source.ts'
import { modelOf } from '../make-model.ts'

/** A show as the rules look at it: what its feed says, and what stands behind it. */
export type InspectedShow = Readonly<{
  model: FeedModel
  publicUrl: string
  /** Episodes on each page of its feed. */
  pageSize: number
  /** Its feed answers 301. */
  feedRedirects: boolean
  /** The picture that directories get: both sides in pixels; undefined: it has none of its own. */
  cover: Readonly<{ size: number; bytes: number }> | undefined
  /** Those in the feed, newest first. */
  episodes: readonly InspectedEpisode[]
  /** How many episodes have the same of these. */
  shared: Shared
  /** Epoch milliseconds. */
  now: number
}>

export type InspectedEpisode = Readonly<{ id: string; item: FeedItem; audio: Audio }>

type Audio = Pick<Rendition, 'channels' | 'sampleRateHz' | 'lufs' | 'peakDbtp'>

type Shared = Readonly<{
  guids: ReadonlyMap<string, number>
  enclosures: ReadonlyMap<string, number>
  /** By `numberOf`; full episodes alone. */
  numbers: ReadonlyMap<string, number>
}>

/** Reads all that the rules ask for. */
export async function inspectShow(app: App, show: Show): Promise<InspectedShow> {
  const now = app.clock.now()
  const source = await readSource(app, show, now)
  const model = await modelOf(app, source, now)
  const rowsByGuid = new Map(source.episodes.map((row) => [row.guid, row]))
  const artwork = source.artworks.get(show.artworkId ?? '')
  const episodes = model.items.flatMap((item) => {
    const row = rowsByGuid.get(item.guid)
    const audio = source.renditions.get(row?.renditionId ?? '')
    return row && audio ? { id: row.id, item, audio } : []
  })
  return {
    model,
    publicUrl: app.config.publicUrl,
    pageSize: show.feedPageSize,
    feedRedirects: feedRedirect(show) !== undefined,
    cover: artwork && (artwork.files.find(({ type }) => type === 'image/jpeg') ?? artwork),
    episodes,
    shared: sharedOf(model.items),
    now,
  }
}

/** What only one episode may have. */
export const sharedOf = (items: readonly FeedItem[]): Shared => ({
  guids: countEach(items.map(({ guid }) => guid)),
  enclosures: countEach(items.map(({ enclosure }) => enclosure.url)),
  numbers: countEach(items.filter(({ type }) => type === 'full').flatMap((item) => numberOf(item) ?? [])),
})

/** Season and number of an episode as one word; undefined: it has no number. */
export const numberOf = ({ season, number }: Pick<FeedItem, 'season' | 'number'>): string | undefined =>
  number === undefined ? undefined : `${season ?? ''}/${number}`

function countEach(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
