import type { DocumentRow } from './feed-document.ts'

/** For so long a page is kept that no other names any more: somebody may be on the way to it. */
export const keepRetiredMs = 24 * 60 * 60 * 1000

/** And at most so many: a show that is filled episode by episode leaves a page behind with each. */
const mostRetired = 50

/** Which of the retired pages are to go: those whose day is over, that have other episodes by now, or are too many. */
export function outlived(retired: readonly DocumentRow[], isStillRight: (row: DocumentRow) => boolean, now: number) {
  const staying = retired
    .filter((row) => now < (row.retiredAt ?? now) + keepRetiredMs && isStillRight(row))
    .sort((one, other) => (other.retiredAt ?? now) - (one.retiredAt ?? now))
    .slice(0, mostRetired)
  return retired.filter((row) => !staying.includes(row)).map(({ page }) => page)
}
