import type { EventLog, Hit, LoggedHit } from '../../core/events.ts'
import { type CountOptions, type Listening, listen, listeningKey } from '../count-downloads.ts'
import { listenerOf } from '../listener.ts'
import type { Catalogue } from './catalogue.ts'
import type { Cursor } from './cursor.ts'
import { type FoldedListening, type FoldedListenings, longestOpenMs } from './fold-hits.ts'

type Options = CountOptions &
  Readonly<{
    events: EventLog
    catalogue: Catalogue
    /** What was counted before this batch. */
    cursor: Cursor
    /** The last of this batch. */
    position: number
  }>

/** Makes the windows of those listenings anew from the log that hits came too late for, before this batch and after it. */
export async function replayLate(listenings: FoldedListenings, options: Options): Promise<void> {
  const replayed = new Set<string>()
  for (const listening of [...listenings.values()]) {
    const key = listeningKey(listening.episodeId, listening.listener)
    if (listening.lateAt === undefined || replayed.has(key)) continue
    const late = listening.lateAt
    if (await replayFrom(startOfReplay(listening, late, options.cursor), listening, options)) continue
    for (const each of await replayAll(listening, options)) {
      const eachKey = listeningKey(each.episodeId, each.listener)
      listenings.set(eachKey, each)
      replayed.add(eachKey)
    }
  }
}

/**
 * From which instant on the windows of a listening may be others because of a hit at `at`: the opening of the window that it may
 * fall into. Undefined: that window is dropped already.
 */
function startOfReplay({ windows }: FoldedListening, at: number, { settledBefore }: Cursor): number | undefined {
  const window = windows.findLast(({ openedAt }) => openedAt <= at)
  if (window) return window.openedAt
  return at >= settledBefore + longestOpenMs ? at : undefined
}

/** Returns false, and changes nothing, where that is not enough: because of a change of keys several listeners are one. */
async function replayFrom(from: number | undefined, listening: FoldedListening, options: Options): Promise<boolean> {
  if (from === undefined) return false
  const { episodeId, listener } = listening
  const hits = await options.events.readListeners(episodeId, [keyOf(listener)], { from, upTo: options.position })
  if (hits.some(({ previousKey }) => previousKey !== undefined)) return false
  await options.catalogue.learn(hits)
  const own = hits.filter((hit) => listenerOf(hit) === listener)
  const windows = listen(own, options).flatMap((each) => each.windows)
  listening.windows = [...listening.windows.filter(({ openedAt }) => openedAt < from), ...windows]
  return true
}

/** All that this listener, and who is one with it, ever asked of the episode, as far as the log goes back. */
async function replayAll(listening: FoldedListening, options: Options): Promise<FoldedListening[]> {
  const { episodeId, listener, userAgent } = listening
  const { events, cursor, position } = options
  const range = { from: cursor.forgottenBefore, upTo: position }
  const family = await readFamily(events, episodeId, [keyOf(listener)], range)
  const hits = family.filter((hit) => hit.userAgent === userAgent)
  await options.catalogue.learn(hits)
  const before = byListener(
    listen(
      hits.filter((hit) => hit.position <= cursor.position),
      options,
    ),
  )
  return listen(hits, options).map((each) => ({
    ...each,
    before: before.get(each.listener)?.windows ?? [],
    isKept: true,
    lateAt: undefined,
  }))
}

/**
 * What those keys, and all that are linked to them by hits that carry the key from before, asked of an episode within that part
 * of the log, in the order of their instants.
 */
export async function readFamily(
  events: EventLog,
  episodeId: string,
  keys: readonly string[],
  range: Readonly<{ from: number; upTo: number }>,
): Promise<LoggedHit[]> {
  const known = new Set(keys)
  const found = new Map<number, LoggedHit>()
  for (let asked: readonly string[] = keys; asked.length > 0; ) {
    const hits = await events.readListeners(episodeId, asked, range)
    for (const hit of hits) found.set(hit.position, hit)
    asked = [...new Set(hits.flatMap(keysOf))].filter((key) => !known.has(key))
    for (const key of asked) known.add(key)
  }
  return [...found.values()].sort((one, other) => one.at - other.at || one.position - other.position)
}

const keysOf = ({ listenerKey, previousKey }: Hit) =>
  previousKey === undefined ? [listenerKey] : [listenerKey, previousKey]

const byListener = (listenings: readonly Listening[]) => new Map(listenings.map((each) => [each.listener, each]))

/** The key of the address, which a listener's name begins with. */
const keyOf = (listener: string) => listener.slice(0, listener.lastIndexOf('.'))
