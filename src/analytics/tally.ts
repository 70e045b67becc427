import type { Schema } from '../core/db.ts'
import type { Agent } from './agent.ts'
import type { Listening } from './count-downloads.ts'
import { type Curve, emptyCurve, firstDays } from './curve.ts'
import { dayOf } from './day.ts'
import { heardParts } from './heard-parts.ts'
import type { RenditionFacts } from './rendition-facts.ts'
import type { ListeningWindow } from './window.ts'

/** What counting must know of an episode. */
export type CountedEpisode = Readonly<{
  id: string
  showId: string
  publishAt: number | null
  /** IANA name; null: UTC. */
  timeZone: string | null
}>

export type EpisodeDay = Schema['episodeDay']

/** By how much the numbers of reports change. */
export type Tally = Readonly<{
  days: Map<string, EpisodeDay>
  /** By the episode's id. */
  curves: Map<string, Curve>
}>

export type TallyOptions = Readonly<{
  agentOf(userAgent: string | undefined): Agent
  factsOf(renditionId: string): RenditionFacts | undefined
}>

const dayMs = 24 * 60 * 60 * 1000

export const emptyTally = (): Tally => ({ days: new Map(), curves: new Map() })

/** Notes that a listener's windows of an episode were these `before` and are those of `listening` now. */
export function tallyChange(
  tally: Tally,
  episode: CountedEpisode,
  before: readonly ListeningWindow[],
  { userAgent, windows }: Pick<Listening, 'userAgent' | 'windows'>,
  options: TallyOptions,
): void {
  const same = countSame(before, windows)
  const agent = options.agentOf(userAgent)
  for (const window of before.slice(same)) tallyWindow(tally, episode, { window, agent, change: -1 }, options)
  for (const window of windows.slice(same)) tallyWindow(tally, episode, { window, agent, change: 1 }, options)
}

/** Adds to how often that row is counted. */
export function addToDay(tally: Tally, row: EpisodeDay): void {
  const { episodeId, day, app, device, country, way, certainty, downloads } = row
  const key = [episodeId, day, app, device, country, way, certainty].join('\n')
  const known = tally.days.get(key)
  if (known) known.downloads += downloads
  else tally.days.set(key, { ...row })
}

/** How many windows at the beginning are the very same. */
function countSame(before: readonly ListeningWindow[], after: readonly ListeningWindow[]): number {
  let same = 0
  while (same < before.length && before[same] === after[same]) same += 1
  return same
}

type Change = Readonly<{ window: ListeningWindow; agent: Agent; change: 1 | -1 }>

function tallyWindow(tally: Tally, episode: CountedEpisode, { window, agent, change }: Change, options: TallyOptions) {
  if (window.countedAt === null) return
  addToDay(tally, {
    episodeId: episode.id,
    day: dayOf(window.openedAt, episode.timeZone),
    app: agent.app,
    device: agent.device,
    country: window.country ?? 'unknown',
    way: window.isDownload ? 'download' : 'streaming',
    certainty: window.certainty,
    downloads: change,
  })
  const curve = tally.curves.get(episode.id) ?? emptyCurve()
  tally.curves.set(episode.id, curve)
  addToCurve(curve, episode, window, change, options)
}

function addToCurve(
  curve: Curve,
  { publishAt }: CountedEpisode,
  window: ListeningWindow,
  change: 1 | -1,
  { factsOf }: TallyOptions,
): void {
  curve.downloads += change
  const age = publishAt === null ? -1 : Math.floor((window.openedAt - publishAt) / dayMs)
  if (age >= 0 && age < firstDays) curve.firstDays[age] = (curve.firstDays[age] ?? 0) + change
  if (Object.keys(window.heard).length === 0) return
  const fetched = window.isDownload ? curve.download : curve.streaming
  fetched.listeners += change
  const parts = heardParts(window, factsOf)
  for (let part = 0; part < parts.length; part += 1) {
    if (parts[part]) fetched.parts[part] = (fetched.parts[part] ?? 0) + change
  }
}
