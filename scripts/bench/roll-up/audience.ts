import type { Hit } from '../../../src/core/events.ts'
import { newId } from '../../../src/core/ids.ts'
import { createListenerKeys } from '../../../src/delivery/listener-keys.ts'
import { type Random, seededRandom } from '../../sample/random.ts'

/** What is listened to. */
export type HeardEpisode = Readonly<{ id: string; renditionId: string; bytes: number; headerBytes: number }>

type Behaviour = 'download' | 'stream' | 'browser' | 'robot'
type Listener = Readonly<{ address: string; userAgent: string; country: string; behaviour: Behaviour }>
type Ask = Pick<Hit, 'method' | 'status' | 'range' | 'bytesSent'> & Readonly<{ afterMs: number }>
type Arrival = Readonly<{ hit: Hit; arrivesAt: number }>

export type Audience = Readonly<{ episodes: readonly HeardEpisode[]; hits: number; from: number; to: number }>

const secondMs = 1_000
const hourMs = 60 * 60 * secondMs
const dayMs = 24 * hourMs
const mebibyte = 2 ** 20

/** About as many hits as one visit of an audience like this one makes. */
const hitsPerVisit = 4.1

/** So many visits come from one address in all. */
const visitsPerListener = 4

/** One hit of so many is told a day late at most, as logs that are taken later tell it. */
const oneIsLateOf = 400

const agents: readonly (readonly [weight: number, behaviour: Behaviour, userAgent: string])[] = [
  [22, 'stream', 'AppleCoreMedia/1.0.0.22B83 (iPhone; U; CPU OS 18_1 like Mac OS X; en_us)'],
  [14, 'download', 'Podcasts/1710.2 CFNetwork/1568.200.51 Darwin/24.1.0'],
  [12, 'download', 'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)'],
  [9, 'download', 'AntennaPod/3.11.2'],
  [8, 'stream', 'Spotify/8.9.96 iOS/18.1 (iPhone15,2)'],
  [8, 'download', 'PocketCasts/1.0 (Pocket Casts Feed Parser; +http://pocketcasts.com/)'],
  [5, 'stream', 'Pocket Casts'],
  [5, 'download', 'Castro 2024.6/1540'],
  [
    4,
    'browser',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15`,
  ],
  [
    5,
    'browser',
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36`,
  ],
  [2, 'stream', 'AlexaMediaPlayer/2.1.4676.0 (Linux;Android 5.1.1) ExoPlayerLib/1.5.9'],
  [1, 'robot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  [2, 'robot', 'python-requests/2.32.3'],
]

const countries = ['US', 'US', 'US', 'GB', 'DE', 'DE', 'CA', 'AU', 'FR', 'SE', 'IS', 'BR', 'IN', 'JP']

/**
 * The hits of an audience between two instants, in the order in which they come into the log, some at a time, and always the same:
 * apps that fetch whole files and go on where they were cut off, players that ask for one part after the other, listeners in browsers
 * who leave or seek, robots; some come back; some hits are told late; the keys of addresses change with the month.
 */
export function* makeHits({ episodes, hits, from, to }: Audience): Generator<readonly Hit[]> {
  const random = seededRandom(1)
  const keysOf = createListenerKeys('the secret of a station on the bench')
  const visits = Math.round(hits / hitsPerVisit)
  const hours = Math.round((to - from) / hourMs)
  let made = 0
  let waiting: Arrival[] = []
  for (let hour = 0; hour < hours; hour += 1) {
    const count = Math.round(((hour + 1) * visits) / hours) - Math.round((hour * visits) / hours)
    for (let visit = 0; visit < count; visit += 1) {
      const listener = listenerOf(Math.floor((random() * visits) / visitsPerListener))
      const at = Math.floor(from + (hour + random()) * hourMs)
      for (const hit of visitOf(random, listener, chooseEpisode(random, episodes), { at, keysOf })) {
        waiting.push({ hit, arrivesAt: hit.at + delayMs(random) })
      }
    }
    waiting.sort((one, other) => one.arrivesAt - other.arrivesAt)
    const isLast = hour === hours - 1
    const end = from + (hour + 1) * hourMs
    const due = waiting.filter(({ arrivesAt }) => isLast || arrivesAt < end).map(({ hit }) => hit)
    waiting = isLast ? [] : waiting.filter(({ arrivesAt }) => arrivesAt >= end)
    yield due.slice(0, hits - made)
    made += due.length
  }
}

/** Always the same one for a number. */
function listenerOf(number: number): Listener {
  const random = seededRandom(number)
  const [, behaviour, userAgent] = chooseAgent(random)
  const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`
  return { address, behaviour, userAgent, country: choose(random, countries) }
}

function chooseAgent(random: Random): (typeof agents)[number] {
  let left = random() * agents.reduce((sum, [weight]) => sum + weight, 0)
  for (const agent of agents) {
    left -= agent[0]
    if (left < 0) return agent
  }
  return agents[0] as (typeof agents)[number]
}

/** A few are heard by many. */
const chooseEpisode = (random: Random, episodes: readonly HeardEpisode[]) =>
  episodes[Math.floor(random() ** 3 * episodes.length)] as HeardEpisode

/** The shipper takes a second; a log that is taken later, hours. */
const delayMs = (random: Random) => (random() * oneIsLateOf < 1 ? random() * dayMs : random() * secondMs)

type When = Readonly<{ at: number; keysOf: ReturnType<typeof createListenerKeys> }>

function visitOf(random: Random, listener: Listener, episode: HeardEpisode, { at, keysOf }: When): Hit[] {
  const { address, userAgent, country, behaviour } = listener
  return behaviours[behaviour](random, episode).map(({ afterMs, ...ask }) => ({
    id: newId(),
    at: at + Math.floor(afterMs),
    episodeId: episode.id,
    renditionId: episode.renditionId,
    ...keysOf(address, at + Math.floor(afterMs)),
    country,
    door: 'audio',
    source: 'station',
    ...ask,
    userAgent,
  }))
}

const behaviours: Readonly<Record<Behaviour, (random: Random, episode: HeardEpisode) => Ask[]>> = {
  /** All at once; one of six is cut off and goes on where it was. */
  download(random, { bytes }) {
    if (random() > 1 / 6) return [whole(bytes)]
    const cut = Math.floor(random() * bytes)
    return [whole(cut), part(cut, bytes - 1, 20 * secondMs)]
  },

  /** The two bytes by which it learns of ranges, then one part after the other as it is heard; many do not hear all. */
  stream(random, { bytes }) {
    const asks = [part(0, 1, 0)]
    const end = bytes * Math.min(1, random() * 1.4)
    const step = Math.max(2 * mebibyte, end / 10)
    for (let first = 0; first < end; first += step) {
      const last = Math.min(bytes, Math.floor(first + step)) - 1
      asks.push(part(Math.floor(first), last, 60 * secondMs * asks.length))
    }
    return asks
  },

  /** An open range that is left, then where the listener seeks to. */
  browser(random, { bytes }) {
    const asks = [open(0, Math.floor(random() * bytes), 0)]
    for (let seek = 0; seek < random() * 4; seek += 1) {
      const first = Math.floor(random() * bytes)
      asks.push(open(first, Math.floor(random() * (bytes - first)), 90 * secondMs * asks.length))
    }
    return asks
  },

  robot: (random, { bytes }) => [random() < 0.5 ? { ...whole(0), method: 'HEAD' } : whole(bytes)],
}

const whole = (bytesSent: number): Ask => ({ method: 'GET', status: 200, bytesSent, afterMs: 0 })

const part = (first: number, last: number, afterMs: number): Ask => ({
  method: 'GET',
  status: 206,
  range: `bytes=${first}-${last}`,
  bytesSent: last - first + 1,
  afterMs,
})

const open = (first: number, bytesSent: number, afterMs: number): Ask => ({
  method: 'GET',
  status: 206,
  range: `bytes=${first}-`,
  bytesSent,
  afterMs,
})

const choose = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
