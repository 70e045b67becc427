import type { RecentDownloads } from '../analytics/reports/recent-downloads.ts'
import { pathOf } from '../core/addresses.ts'
import type { ShowView } from '../shows/schemas.ts'

type Props = Readonly<{ show: ShowView; downloads: RecentDownloads }>

/** The downloads of a show in the last thirty days: how many, a picture of the days, and the same as a table. */
export function DownloadsSection({ show, downloads: { days, episodes, methodUrl } }: Props) {
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
          <details>
            <summary>As a table</summary>
            <div class="tables">
              <CountTable caption="By episode" rows={episodes.map(({ title, downloads }) => [title, downloads])} />
              <CountTable caption="By day" rows={days.map(({ day, downloads }) => [day, downloads]).reverse()} />
            </div>
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
    <dd>{inWords(count)}</dd>
  </div>
)

/** Of the place of a bar, what it fills. */
const barWidth = 0.7

/** One bar a day, the highest as high as the picture. */
function DayBars({ days }: Pick<RecentDownloads, 'days'>) {
  const most = Math.max(...days.map(({ downloads }) => downloads))
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  return (
    <figure class="day-bars">
      <svg
        viewBox={`0 0 ${days.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Downloads on each of the last ${days.length} days: at most ${inWords(most)} on one. The numbers are in the table below.`}
      >
        {days.map(({ day, downloads }, index) => {
          const height = downloads === 0 ? 0.5 : Math.max(2, (100 * downloads) / most)
          return (
            <rect key={day} x={index + (1 - barWidth) / 2} y={100 - height} width={barWidth} height={height}>
              <title>{`${day}: ${inWords(downloads)}`}</title>
            </rect>
          )
        })}
      </svg>
      <figcaption aria-hidden="true">
        <span>{first}</span>
        <span>at most {inWords(most)} a day</span>
        <span>{last}</span>
      </figcaption>
    </figure>
  )
}

const CountTable = ({ caption, rows }: Readonly<{ caption: string; rows: readonly (string | number)[][] }>) => (
  <table>
    <caption>{caption}</caption>
    <tbody>
      {rows.map(([name, count]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>{inWords(Number(count))}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

const inWords = (count: number) => count.toLocaleString('en')
