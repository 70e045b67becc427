import { type RecentDownloads, shownAspects } from '../analytics/reports/recent-downloads.ts'
import { pathOf } from '../core/addresses.ts'
import type { ShowView } from '../shows/schemas.ts'
import { DayBars, dayInWords } from './day-bars.tsx'
import { numberInWords } from './numbers.ts'
import { ShareBars } from './share-bars.tsx'

type Props = Readonly<{ show: ShowView; downloads: RecentDownloads }>

const captions = { episode: 'Episodes', app: 'Apps', device: 'Devices', country: 'Countries' }

/** The downloads of a show in the last thirty days: how many, and pictures of the days, the episodes, and where they were heard. */
export function DownloadsSection({ show, downloads: { days, parts, methodUrl } }: Props) {
  const last = (count: number) => days.slice(-count).reduce((sum, { downloads }) => sum + downloads, 0)
  return (
    <section class="downloads" aria-labelledby={`downloads-${show.id}`}>
      <h3 id={`downloads-${show.id}`}>Downloads</h3>
      {last(days.length) === 0 ? (
        <p class="hint">
          None in the last 30 days. A download is counted here within a minute after somebody has fetched a minute of an
          episode.
        </p>
      ) : (
        <>
          <dl class="totals">
            <Total name="Today" count={last(1)} />
            <Total name="7 days" count={last(7)} />
            <Total name="30 days" count={last(30)} />
          </dl>
          <DayBars days={days} />
          <div class="shares">
            {shownAspects.map((by) => (
              <ShareBars
                key={by}
                caption={captions[by]}
                rows={parts[by].map((row) => ({ ...row, name: nameOf(by, row.name) }))}
              />
            ))}
          </div>
          <details>
            <summary>Each day as a number</summary>
            <DayTable days={days} />
          </details>
        </>
      )}
      <p class="links hint">
        <a href={`/api/shows/${show.id}/downloads?format=csv`} download>
          CSV
        </a>
        <a href={pathOf(methodUrl)}>How downloads are counted</a>
      </p>
    </section>
  )
}

const Total = ({ name, count }: Readonly<{ name: string; count: number }>) => (
  <div>
    <dt>{name}</dt>
    <dd>{numberInWords(count)}</dd>
  </div>
)

const DayTable = ({ days }: Pick<RecentDownloads, 'days'>) => (
  <table class="days">
    <tbody>
      {days.toReversed().map(({ day, downloads }) => (
        <tr key={day}>
          <th scope="row">{dayInWords(day)}</th>
          <td>{numberInWords(downloads)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const countryNames = new Intl.DisplayNames('en', { type: 'region' })

/** As people say it; none: all others. */
function nameOf(by: (typeof shownAspects)[number], name: string): string {
  if (name === '') return 'All others'
  if (by === 'country') return name === 'unknown' ? 'Unknown' : (countryNames.of(name) ?? name)
  return by === 'device' ? (name === 'tv' ? 'TV' : name.charAt(0).toUpperCase() + name.slice(1)) : name
}
