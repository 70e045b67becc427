import type { RenditionFacts } from '../../src/analytics/rendition-facts.ts'
import type { CountWindow } from '../../src/core/config.ts'
import type { Hit } from '../../src/core/events.ts'

type Sitting = {
  opened: number
  last: number
  bytes: Record<string, Set<number>>
  sentOn: boolean
  served: boolean
  invited: boolean
}

/**
 * The rules once more, slowly and with nothing of src/: every byte by itself. Gives `episode key openedAt` of each
 * download, sorted. Understands single ranges, UTC days, and a phone among scripts and nobodies.
 */
export function countByHand(hits: readonly Hit[], window: CountWindow, facts: RenditionFacts): string[] {
  const sittings = new Map<string, Sitting[]>()
  const at = (episode: string, key: string) => {
    const name = `${episode} ${key}`
    if (!sittings.has(name)) sittings.set(name, [])
    return sittings.get(name) as Sitting[]
  }
  for (const hit of [...hits].sort((one, other) => one.at - other.at)) {
    if (hit.method !== 'GET' || ![200, 206, 302].includes(hit.status)) continue
    if (hit.renditionId === 'gone' || !hit.userAgent?.startsWith('AntennaPod')) continue
    const asked = askedBytes(hit.range, facts.bytes)
    const askedLength = lengthAsked(hit.range)
    if (hit.status !== 200 && askedLength !== undefined && askedLength <= 2) continue
    const given = givenBytes(hit, asked, facts.bytes)
    const sentOn = hit.status === 302 && countsSentOn(asked, facts)
    if (given.length === 0 && !sentOn) continue

    const own = at(hit.episodeId, hit.listenerKey)
    const before = hit.previousKey ? at(hit.episodeId, hit.previousKey) : []
    const all = !goesOn(own.at(-1), hit.at, window) && goesOn(before.at(-1), hit.at, window) ? before : own
    if (!goesOn(all.at(-1), hit.at, window))
      all.push({ opened: hit.at, last: hit.at, bytes: {}, sentOn: false, served: false, invited: false })
    const sitting = all.at(-1) as Sitting
    sitting.last = hit.at
    sitting.sentOn ||= sentOn
    sitting.served ||= given.length > 0 && hit.door !== 'media'
    sitting.invited ||= !(hit.door === 'media' && hit.source === 'station')
    const bytes = sitting.bytes[hit.renditionId] ?? new Set()
    for (const byte of given) bytes.add(byte)
    sitting.bytes[hit.renditionId] = bytes
  }
  const minute = 20 + 60
  return [...sittings]
    .flatMap(([name, list]) =>
      list.filter((each) => each.invited && isDownload(each, minute)).map((each) => `${name} ${each.opened}`),
    )
    .sort()
}

const isDownload = ({ sentOn, served, bytes }: Sitting, minute: number) =>
  (sentOn && !served) || Object.values(bytes).some(({ size }) => size >= minute)

function goesOn(sitting: Sitting | undefined, at: number, window: CountWindow): boolean {
  if (!sitting) return false
  const day = 86_400_000
  if (window === 'calendar-day') return Math.floor(at / day) === Math.floor(sitting.opened / day)
  return at - (window === 'first-touch' ? sitting.opened : sitting.last) < day
}

/** Undefined: no range, or none that can be understood. */
function askedBytes(range: string | undefined, size: number): number[] | undefined {
  const match = range?.match(/^bytes=(\d*)-(\d*)$/)
  if (!match) return undefined
  const all = Array.from({ length: size }, (_, byte) => byte)
  if (match[1] === '') return all.slice(Math.max(0, size - Number(match[2])))
  return all.filter((byte) => byte >= Number(match[1]) && (match[2] === '' || byte <= Number(match[2])))
}

function lengthAsked(range: string | undefined): number | undefined {
  const match = range?.match(/^bytes=(\d+)-(\d+)$/)
  return match ? Number(match[2]) - Number(match[1]) + 1 : undefined
}

function givenBytes(hit: Hit, asked: number[] | undefined, size: number): number[] {
  if (hit.status === 302) return []
  const body = hit.status === 206 && asked ? asked : Array.from({ length: size }, (_, byte) => byte)
  return body.slice(0, hit.bytesSent)
}

function countsSentOn(asked: number[] | undefined, facts: RenditionFacts): boolean {
  if (!asked) return true
  const first = asked[0]
  return (first !== undefined && first < 20 && asked.length > 2) || asked.length >= facts.headerBytes + 60
}
