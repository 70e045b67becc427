import type { RecentDownloads } from '../analytics/reports/recent-downloads.ts'
import { numberInWords } from './numbers.ts'

/** Of the place of a bar, what it fills. */
const barWidth = 0.7

/** One bar a day, the highest as high as the picture; what there is too few of to see is still a line. */
export function DayBars({ days }: Pick<RecentDownloads, 'days'>) {
  const most = Math.max(...days.map(({ downloads }) => downloads))
  const [first, last] = [days[0]?.day ?? '', days.at(-1)?.day ?? '']
  return (
    <figure class="day-bars">
      <svg
        viewBox={`0 0 ${days.length} 100`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Downloads on each of the last ${days.length} days: at most ${numberInWords(most)} on one. The numbers are in the table below.`}
      >
        {days.map(({ day, downloads }, index) => {
          const height = downloads === 0 ? 0.5 : Math.max(2, (100 * downloads) / most)
          return (
            <rect key={day} x={index + (1 - barWidth) / 2} y={100 - height} width={barWidth} height={height}>
              <title>{`${dayInWords(day)}: ${numberInWords(downloads)}`}</title>
            </rect>
          )
        })}
      </svg>
      <figcaption aria-hidden="true">
        <span>{dayInWords(first)}</span>
        <span>at most {numberInWords(most)} a day</span>
        <span>{dayInWords(last)}, today</span>
      </figcaption>
    </figure>
  )
}

const format = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })

/** A calendar day (`2026-11-26`) as people write it. */
export const dayInWords = (day: string): string => format.format(new Date(day))
