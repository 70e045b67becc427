import t from 'tap'
import type { DocumentRow } from '../../src/feeds/feed-document.ts'
import { keepRetiredMs, outlived } from '../../src/feeds/retired-pages.ts'

const now = Date.parse('2026-03-01T12:00:00Z')

const row = (page: number, retiredAt: number | null): DocumentRow => ({
  showId: 'show',
  variant: 'public',
  page,
  modelHash: '',
  itemsHash: '',
  version: 1,
  modifiedAt: 0,
  retiredAt,
})

t.test('a page that no other names goes when its day is over, or when other episodes stand in its place', async (t) => {
  const rows = [row(1, now - keepRetiredMs), row(2, now - keepRetiredMs + 1), row(3, null), row(4, now)]
  t.same(
    outlived(rows, () => true, now),
    [1],
  )
  t.same(
    outlived(rows, ({ page }) => page !== 4, now),
    [1, 4],
  )
  t.same(
    outlived([], () => true, now),
    [],
  )
})

t.test('of very many the fifty that were named last are kept', async (t) => {
  const rows = Array.from({ length: 60 }, (_, index) => row(index + 1, now - index))
  t.same(
    outlived(rows, () => true, now),
    [51, 52, 53, 54, 55, 56, 57, 58, 59, 60],
  )
})
