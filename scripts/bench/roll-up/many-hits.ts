import type { Hit } from '../../../src/core/events.ts'
import { newId } from '../../../src/core/ids.ts'
import { type Random, seededRandom } from '../../sample/random.ts'

/** What the hits are of. */
export type Subject = Readonly<{ episodeId: string; renditionId: string; bytes: number; headerBytes: number }>

const dayMs = 24 * 60 * 60 * 1000
const listeners = 60_000
const listeningsAtOnce = 4_000
const countries = ['US', 'US', 'US', 'GB', 'DE', 'FR', 'SE', 'IS', 'IN', 'BR', undefined]

/** Programs, with a place for a version. */
const programs = [
  'AppleCoreMedia/1.0.0.#A (iPhone; U; CPU OS 18_5 like Mac OS X; en_us)',
  'Podcasts/4025.#10.2 CFNetwork/1568.300.101 Darwin/24.2.0',
  'Spotify/9.0.#4 Android/34 (SM-S911B)',
  'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)',
  'AntennaPod/3.#.1',
  'PocketCasts/1.0 (Pocket Casts Feed Parser; +http://pocketcasts.com/)',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1#.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.# Safari/605.1.15',
  'CastBox/11.#.0 (Linux;Android 14) AndroidXMedia3/1.4.1',
]
const robots = ['curl/8.5.0', 'Googlebot/2.1 (+http://www.google.com/bot.html)', 'python-requests/2.32.#']

/**
 * Some thousand hits at a time, `count` in all and about in the order of their instants: as a host of many episodes has them in the
 * thirty days before `until` (epoch ms). New episodes are fetched most, half of the fetches are whole files, some are
 * streamed in parts after a probe, some are robots; the same ones each time, but for their ids.
 */
export function* manyHits(subjects: readonly Subject[], count: number, until: number): Generator<Hit[]> {
  const random = seededRandom(4)
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
  const perListening = 3.2
  const start = until - 30 * dayMs
  const step = (30 * dayMs * perListening) / count
  let made = 0
  for (let at = start; made < count; ) {
    const hits: Hit[] = []
    for (let index = 0; index < listeningsAtOnce; index += 1, at += step) {
      const subject = subjects[Math.floor(subjects.length * random() ** 3)] as Subject
      const listener = Math.floor(listeners * random() ** 2)
      const isRobot = random() < 0.08
      const program = isRobot ? pick(robots) : (programs[listener % programs.length] as string)
      hits.push(
        ...listening(subject, random, {
          at,
          listenerKey: `listener${String(listener).padStart(14, '0')}`,
          country: countries[listener % countries.length],
          userAgent: program.replace('#', String(listener % 23)),
        }),
      )
    }
    hits.sort((one, other) => one.at - other.at)
    yield hits.slice(0, count - made)
    made += hits.length
  }
}

type Asker = Pick<Hit, 'at' | 'listenerKey' | 'country' | 'userAgent'>

/** What one listener asks of one episode at one sitting. */
function listening({ episodeId, renditionId, bytes }: Subject, random: Random, asker: Asker): Hit[] {
  const hit = (differently: Partial<Hit>): Hit => ({
    ...asker,
    id: newId(),
    episodeId,
    renditionId,
    door: 'audio',
    source: 'station',
    method: 'GET',
    status: 206,
    bytesSent: 0,
    ...differently,
  })
  const part = (first: number, last: number, afterMs: number) =>
    hit({ at: asker.at + afterMs, range: `bytes=${first}-${last}`, bytesSent: last - first + 1 })
  const kind = random()
  if (kind < 0.05) return [hit({ method: 'HEAD', status: 200 })]
  if (kind < 0.45) return [hit({ status: 200, bytesSent: bytes })]
  if (kind < 0.55) return [part(0, Math.floor(bytes * 0.02 * random()), 0)]
  const parts = 2 + Math.floor(random() * 8)
  const size = Math.floor((bytes * (0.2 + 0.8 * random())) / parts)
  return [
    part(0, 1, 0),
    ...Array.from({ length: parts }, (_, index) => part(index * size, (index + 1) * size - 1, 50 + index * 90_000)),
  ]
}
