import { numberInWords } from './numbers.ts'

type Row = Readonly<{ name: string; downloads: number }>

/** Percents of the room: what there is little of can still be seen. */
const leastWidth = 1

/** A few numbers by name, each with a bar: the largest is as long as there is room, and all that is left is told last. */
export function ShareBars({ caption, rows }: Readonly<{ caption: string; rows: readonly Row[] }>) {
  const most = Math.max(...rows.map(({ downloads }) => downloads))
  return (
    <table class="share-bars">
      <caption>{caption}</caption>
      <tbody>
        {rows.map(({ name, downloads }) => (
          <tr key={name}>
            <th scope="row">
              {name}
              <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                <rect width={Math.max(leastWidth, (100 * downloads) / most)} height="1" />
              </svg>
            </th>
            <td>{numberInWords(downloads)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
