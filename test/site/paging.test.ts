import t from 'tap'
import { addressOfPage, pageOf, tryParsePage } from '../../src/site/paging.ts'

t.test('a list has as many pages as its items need', async (t) => {
  for (const [total, pages] of [
    [1, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
  ] as const) {
    t.equal(pageOf({ items: [], total }, 1)?.pages, pages, `${total} items`)
  }
})

t.test('an empty list has one page, and no list has a page behind its last', async (t) => {
  t.strictSame(pageOf({ items: [], total: 0 }, 1), { items: [], page: 1, pages: 1, total: 0 })
  t.equal(pageOf({ items: [], total: 0 }, 2), undefined)
  t.equal(pageOf({ items: [], total: 60 }, 3), undefined)
})

t.test('only whole numbers from 1 name a page', async (t) => {
  t.equal(tryParsePage(undefined), 1)
  t.equal(tryParsePage('12'), 12)
  for (const text of ['', '0', '-1', '1.5', 'two', '01', '9999999', ['1', '2']]) t.equal(tryParsePage(text), undefined)
  t.equal(addressOfPage('/shows/x', 1), '/shows/x')
  t.equal(addressOfPage('/shows/x', 2), '/shows/x?page=2')
})
