import t from 'tap'
import type { RenditionFacts } from '../../src/analytics/rendition-facts.ts'
import { addHit, type ListeningWindow } from '../../src/analytics/window.ts'
import type { CountWindow } from '../../src/core/config.ts'
import type { Hit } from '../../src/core/events.ts'
import { halfHour, hourMs, makeHit, makePart, monday } from '../fixtures/hits.ts'

const minuteMs = 60_000
const threshold = 65_536 + 960_000

const windowsOf = (
  hits: readonly Hit[],
  { window = 'first-touch' as CountWindow, timeZone = null as string | null, facts = halfHour as RenditionFacts } = {},
) => hits.reduce<readonly ListeningWindow[]>((all, hit) => addHit(all, hit, facts, { window, timeZone }), [])

const countOf = (hits: readonly Hit[], options?: Parameters<typeof windowsOf>[1]) =>
  windowsOf(hits, options).filter(({ countedAt }) => countedAt !== null).length

t.test('the example of IAB 2.3 §5.5.1: which of four requests count', async (t) => {
  const at = [22 * hourMs, 27 * hourMs, 46.25 * hourMs, 71.25 * hourMs].map((since) => monday + since)
  const vectors: [CountWindow, number[]][] = [
    ['calendar-day', [1, 1, 0, 1]],
    ['first-touch', [1, 0, 1, 1]],
    ['last-touch', [1, 0, 0, 1]],
  ]
  for (const [window, counted] of vectors) {
    const openings = windowsOf(
      at.map((each) => makeHit({ at: each })),
      { window },
    ).map(({ openedAt }) => openedAt)
    t.same(
      at.map((each) => (openings.includes(each) ? 1 : 0)),
      counted,
      window,
    )
  }
})

t.test('a window is 24 hours to the millisecond', async (t) => {
  const dayMs = 24 * hourMs
  for (const window of ['first-touch', 'last-touch'] as const) {
    t.equal(countOf([makeHit(), makeHit({ at: monday + dayMs - 1 })], { window }), 1, window)
    t.equal(countOf([makeHit(), makeHit({ at: monday + dayMs })], { window }), 2, window)
  }
})

t.test('a calendar day is the show’s, with 23 or 25 hours when clocks are changed', async (t) => {
  const hits = (...instants: string[]) => instants.map((instant) => makeHit({ at: Date.parse(instant) }))
  const berlin = { window: 'calendar-day' as const, timeZone: 'Europe/Berlin' }
  t.equal(countOf(hits('2026-11-25T22:30:00Z', '2026-11-25T23:30:00Z')), 1)
  t.equal(countOf(hits('2026-11-25T22:30:00Z', '2026-11-25T23:30:00Z'), berlin), 2)
  t.equal(countOf(hits('2026-10-24T22:00:00Z', '2026-10-25T22:59:59Z'), berlin), 1, 'the day of 25 hours')
  t.equal(countOf(hits('2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'), berlin), 2, 'and its end')
  t.equal(countOf(hits('2026-03-28T23:00:00Z', '2026-03-29T21:59:59Z'), berlin), 1, 'the day of 23 hours')
  t.equal(countOf(hits('2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z'), berlin), 2, 'and its end')
})

/** Which requests of one listener within an hour are a download. */
const cases: [string, Hit[], number][] = [
  ['a whole file', [makeHit()], 1],
  ['a minute and the header', [makeHit({ bytesSent: threshold })], 1],
  ['one byte less', [makeHit({ bytesSent: threshold - 1 })], 0],
  ['aborted after 5 MB', [makeHit({ bytesSent: 5_000_000 })], 1],
  ['half a minute twice, the same', [makePart(0, 600_000), makePart(0, 600_000)], 0],
  ['half a minute and the other half', [makePart(0, 599_999), makePart(600_000, threshold - 1)], 1],
  ['the other half first', [makePart(600_000, threshold - 1), makePart(0, 599_999)], 1],
  ['pieces that overlap short of a minute', [makePart(0, 599_999), makePart(100_000, threshold - 2)], 0],
  ['play, pause, resume', [makePart(0, 14_000_000), makePart(14_000_001, 28_865_535, { at: monday + hourMs })], 1],
  ['a seek into the middle', [makePart(0, 99_999), makePart(15_000_000, 17_000_000)], 1],
  ['two renditions, half a minute of each', [makePart(0, 599_999), makePart(0, 599_999, { renditionId: 'other' })], 0],
  ['two renditions, each whole', [makeHit(), makeHit({ renditionId: 'other' })], 1],
  ['nothing', [makeHit({ bytesSent: 0 })], 0],
  ['a redirect', [makeHit({ status: 302, bytesSent: 0 })], 1],
  ['a redirect to a piece of the middle', [makePart(9_000_000, 9_000_999, { status: 302, bytesSent: 0 })], 0],
  ['a CDN that fetches for others', [makeHit({ door: 'media' })], 0],
  ['a listener at the CDN, by its log', [makeHit({ door: 'media', source: 'log' })], 1],
  [
    'sent on by a private link, to bytes of ours, and gone away',
    [makeHit({ door: 'private', status: 302, bytesSent: 0 }), makeHit({ door: 'private', bytesSent: 20_000 })],
    0,
  ],
  [
    'sent on once more after that',
    [
      makeHit({ door: 'private', status: 302, bytesSent: 0 }),
      makeHit({ door: 'private', bytesSent: 20_000 }),
      makeHit({ door: 'private', status: 302, bytesSent: 0 }),
    ],
    0,
  ],
  [
    'sent on by a private link, to a minute of ours',
    [makeHit({ door: 'private', status: 302, bytesSent: 0 }), makeHit({ door: 'private', bytesSent: threshold })],
    1,
  ],
  [
    'sent to a CDN, which fetches a piece for them',
    [makeHit({ status: 302, bytesSent: 0 }), makePart(0, 20_000, { door: 'media' })],
    1,
  ],
  ['a listener who was sent to /media/', [makeHit({ status: 302, bytesSent: 0 }), makeHit({ door: 'media' })], 1],
]

for (const [what, hits, count] of cases) t.equal(countOf(hits), count, what)

t.test('a part of the file that is under a minute is no download', async (t) => {
  const facts = { bytes: 800_000, headerBytes: 65_536, bitrateKbps: 128, durationSeconds: 45 }
  t.equal(countOf([makeHit({ bytesSent: 799_999 })], { facts }), 0)
  t.equal(countOf([makeHit({ bytesSent: 800_000 })], { facts }), 1)
})

t.test('a window says when it was opened, when it was counted and what was heard', async (t) => {
  const hits = [makePart(0, 599_999), makePart(600_000, 1_999_999, { at: monday + minuteMs })]
  t.match(windowsOf([...hits, makePart(5_000_000, 5_999_999, { at: monday + hourMs })]), [
    {
      openedAt: monday,
      lastAt: monday + hourMs,
      countedAt: monday + minuteMs,
      certainty: 'delivered',
      heard: {
        rendition: [
          [0, 2_000_000],
          [5_000_000, 6_000_000],
        ],
      },
    },
  ])
})

t.test('only a redirect: it was asked for; when the bytes are seen too, it was delivered', async (t) => {
  const sentOn = makeHit({ status: 302, bytesSent: 0 })
  t.match(windowsOf([sentOn]), [{ countedAt: monday, certainty: 'asked', heard: {} }])
  const both = windowsOf([sentOn, makeHit({ door: 'media', at: monday + minuteMs })])
  t.match(both, [{ countedAt: monday, certainty: 'delivered' }])
})

t.test('a hit that handed out nothing opens no window and keeps none open', async (t) => {
  const windows = windowsOf([makeHit()])
  const rule = { window: 'last-touch', timeZone: null } as const
  t.equal(addHit(windows, makeHit({ at: monday + hourMs, bytesSent: 0 }), halfHour, rule), windows)
})

/** Fetched to keep, or streamed. */
const kept: [string, Hit[], boolean][] = [
  ['all at once', [makeHit()], true],
  ['all at once, gone away, then the rest', [makeHit({ bytesSent: 9_000_000 }), makePart(9_000_000, 28_865_535)], true],
  ['all at once, gone away', [makeHit({ bytesSent: 9_000_000 })], false],
  ['from byte 0 on, as browsers ask', [makeHit({ status: 206, range: 'bytes=0-' })], false],
  ['piece by piece', [makePart(0, 9_999_999), makePart(10_000_000, 28_865_535)], false],
  ['from /download/', [makePart(0, 9_999_999, { door: 'download' })], true],
  ['all at once, sent on', [makeHit({ status: 302, bytesSent: 0 })], true],
  ['from byte 0 on, sent on', [makeHit({ status: 302, range: 'bytes=0-', bytesSent: 0 })], false],
]

for (const [what, hits, isDownload] of kept) {
  t.same(
    windowsOf(hits).map((window) => window.isDownload),
    [isDownload],
    what,
  )
  t.same(
    windowsOf(hits.toReversed()).map((window) => window.isDownload),
    [isDownload],
    `${what}, the other way round`,
  )
}
