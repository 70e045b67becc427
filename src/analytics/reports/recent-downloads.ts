import { countingUrl } from '../../core/addresses.ts'
import type { App } from '../../core/app.ts'
import type { Show } from '../../shows/show.ts'
import { parseDayRange } from './day-range.ts'
import { listShowRows } from './downloads-report.ts'

const mostRows = 5

/** What the downloads of a show are told apart by, beside their days; see `aspects`. */
export const shownAspects = ['episode', 'app', 'device', 'country'] as const

type Row = Readonly<{ name: string; downloads: number }>

/** The last thirty days of a show: each day, the last of them today, and what was fetched most, by whom and where. */
export type RecentDownloads = Readonly<{
  /** How they are counted, in plain words. */
  methodUrl: string
  days: readonly Readonly<{ day: string; downloads: number }>[]
  /** Of each the largest few, and at the end all others together, where there are more: of no name. */
  parts: Readonly<Record<(typeof shownAspects)[number], readonly Row[]>>
}>

export async function recentDownloads({ db, clock, config }: App, show: Show): Promise<RecentDownloads> {
  const range = parseDayRange({}, show.timeZone, clock.now())
  const days = await listShowRows(db, show.id, { ...range, by: 'day' })
  const partBy = async (by: (typeof shownAspects)[number]) => {
    const rows = await listShowRows(db, show.id, { ...range, by })
    return largest(
      rows.map((row) => ({
        name: row.title === '' ? 'Untitled' : (row.title ?? row[by] ?? ''),
        downloads: row.downloads,
      })),
    )
  }
  return {
    methodUrl: countingUrl(config),
    days: days.map(({ day = '', downloads }) => ({ day, downloads })),
    parts: {
      episode: await partBy('episode'),
      app: await partBy('app'),
      device: await partBy('device'),
      country: await partBy('country'),
    },
  }
}

function largest(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= mostRows + 1) return rows
  const others = rows.slice(mostRows).reduce((sum, { downloads }) => sum + downloads, 0)
  return [...rows.slice(0, mostRows), { name: '', downloads: others }]
}
