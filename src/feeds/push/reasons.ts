import type { LiveStatus } from '../../shows/live-item.ts'

/** Why the world is told of a feed, in the words of Podping. */
export type PushReason = 'live' | 'liveEnd' | 'update'

/** What a public feed said, as far as it decides whether somebody is told of the next change. */
export type Told = Readonly<{
  /** Hash of the guids of its episodes, on all pages. */
  episodes: string
  /** How its documents were rendered. */
  renderer: string
  /** The status of each live item, by its guid. */
  live: Readonly<Record<string, LiveStatus>>
}>

/** A public feed that was made again. */
export type FeedChange = Readonly<{
  /** What it said before; undefined: it is the first. */
  before: Told | undefined
  after: Told
  /** Episodes that are in it for the first time, and were not back-dated. */
  announced: number
  /** Its own address answers something else. */
  isNewAtItsAddress: boolean
}>

/**
 * What is to be told at once: that live items began or ended, the urgent first, and that there are new episodes. Nothing when
 * episodes came or went that were announced already, or never will be.
 */
export function reasonsToPush({ before, after, announced }: FeedChange): PushReason[] {
  const onAir = liveIn(before)
  const begins = liveIn(after).some((guid) => !onAir.includes(guid))
  const ends = onAir.some((guid) => statusIn(after, guid) === 'ended')
  return [...(begins ? ['live' as const] : []), ...(ends ? ['liveEnd' as const] : []), ...announcement(announced)]
}

/**
 * Whether the same episodes are told differently: worth a message, but not one for each keystroke. A new way to render all feeds
 * is no edit, or an upgrade would tell the world of every show at once.
 */
export function isEdit(change: FeedChange, hasEpisodes: boolean): boolean {
  const { before, after, isNewAtItsAddress } = change
  if (!hasEpisodes || !isNewAtItsAddress || reasonsToPush(change).length > 0) return false
  return before?.episodes === after.episodes && before.renderer === after.renderer
}

const liveIn = (told: Told | undefined): string[] =>
  Object.entries(told?.live ?? {}).flatMap(([guid, status]) => (status === 'live' ? [guid] : []))

/** One that was taken away has ended too. */
const statusIn = ({ live }: Told, guid: string): LiveStatus | undefined =>
  Object.hasOwn(live, guid) ? live[guid] : 'ended'

const announcement = (announced: number): PushReason[] => (announced > 0 ? ['update'] : [])
