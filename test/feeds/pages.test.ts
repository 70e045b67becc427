import fc from 'fast-check'
import t from 'tap'
import { cutPages, lastBoundary, linksOf, tryParsePage } from '../../src/feeds/pages.ts'

const feed = 'https://radio.example/shows/long-waves/feed.xml'

t.test('the newest page is exactly full, older ones end at boundaries counted from the oldest', async (t) => {
  const rows: [number, number, [number, number, number][]][] = [
    [0, 3, [[0, 0, 0]]],
    [2, 3, [[0, 0, 2]]],
    [3, 3, [[0, 0, 3]]],
    [
      4,
      3,
      [
        [0, 1, 4],
        [1, 0, 1],
      ],
    ],
    [
      6,
      3,
      [
        [0, 3, 6],
        [3, 0, 3],
      ],
    ],
    [
      8,
      3,
      [
        [0, 5, 8],
        [5, 3, 5],
        [3, 0, 3],
      ],
    ],
    [
      3,
      1,
      [
        [0, 2, 3],
        [2, 1, 2],
        [1, 0, 1],
      ],
    ],
  ]
  for (const [count, size, expected] of rows) {
    t.same(
      cutPages(count, size).map(({ before, from, to }) => [before, from, to]),
      expected,
      `${count} episodes, ${size} on a page`,
    )
  }
})

t.test('links lead from each page to its neighbours and both ends; a single page has none', async (t) => {
  const pages = cutPages(8, 3)
  t.same(
    pages.map((_, index) => linksOf(pages, index, feed)),
    [
      { first: feed, previous: undefined, next: `${feed}?before=5`, last: `${feed}?before=3` },
      { first: feed, previous: feed, next: `${feed}?before=3`, last: `${feed}?before=3` },
      { first: feed, previous: `${feed}?before=5`, next: undefined, last: `${feed}?before=3` },
    ],
  )
  t.equal(linksOf(cutPages(3, 3), 0, feed), undefined)
})

t.test('an address names a page by a plain number above 0, or is no address', async (t) => {
  for (const [text, page] of [
    [undefined, 0],
    ['1', 1],
    ['300', 300],
    ['0', undefined],
    ['007', undefined],
    ['-1', undefined],
    ['1.0', undefined],
    ['1e2', undefined],
    ['', undefined],
    [' 1', undefined],
    ['12345678901', undefined],
    [['1', '2'], undefined],
  ] as const) {
    t.equal(tryParsePage(text), page, JSON.stringify(text))
  }
})

t.test('pages hold every episode once, and full ones stay while episodes are added', async () => {
  fc.assert(
    fc.property(fc.nat(500), fc.integer({ min: 1, max: 60 }), fc.nat(100), (count, size, added) => {
      const pages = cutPages(count, size)
      const held = pages.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => to - 1 - index))
      if (held.join() !== Array.from({ length: count }, (_, index) => count - 1 - index).join()) return false
      const later = cutPages(count + added, size)
      return pages
        .filter(({ before, from, to }) => before !== 0 && to - from === size)
        .every((page) => later.some((other) => other.before === page.before && other.from === page.from))
    }),
  )
})

/** A page as it was when it was last named: what a reader finds at its address, for a day. */
type Kept = Map<number, Readonly<{ items: number[]; next: number | undefined }>>

t.test('a reader that walks next while episodes are added loses and repeats nothing', async () => {
  const additions = fc.array(fc.nat(7), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(fc.nat(60), fc.integer({ min: 1, max: 9 }), additions, (start, size, added) => {
      const kept: Kept = new Map()
      let count = start
      const publish = () => {
        const pages = cutPages(count, size)
        for (const [index, { before, to, from }] of pages.entries()) {
          const items = Array.from({ length: to - from }, (_, offset) => to - 1 - offset)
          kept.set(before, { items, next: pages[index + 1]?.before })
        }
      }
      publish()
      const begun = count
      const read: number[] = []
      let step = 0
      for (let page: number | undefined = 0; page !== undefined; step += 1) {
        const found = kept.get(page)
        if (!found) return false
        read.push(...found.items)
        page = found.next
        count += added[step % added.length] ?? 0
        publish()
      }
      return read.join() === Array.from({ length: begun }, (_, index) => begun - 1 - index).join()
    }),
  )
})

t.test('a page begins at the last boundary before its end', async (t) => {
  for (const [to, from] of [
    [1, 0],
    [3, 0],
    [4, 3],
    [6, 3],
  ] as const)
    t.equal(lastBoundary(to, 3), from)
})
