import fc from 'fast-check'
import t from 'tap'
import { type FeedChange, isEdit, reasonsToPush, type Told } from '../../../src/feeds/push/reasons.ts'

const quiet: Told = { episodes: 'one', renderer: '1', live: {} }

const change = (fields: Partial<FeedChange>): FeedChange => ({
  before: quiet,
  after: quiet,
  announced: 0,
  isNewAtItsAddress: true,
  ...fields,
})

const live = (...statuses: ('pending' | 'live' | 'ended')[]): Told => ({
  ...quiet,
  live: Object.fromEntries(statuses.map((status, index) => [`guid-${index}`, status])),
})

const others = { ...quiet, episodes: 'two' }

const rows: [string, Partial<FeedChange>, string[], boolean][] = [
  ['an episode is announced', { after: others, announced: 1 }, ['update'], false],
  ['the first feed of a show announces one', { before: undefined, announced: 1 }, ['update'], false],
  ['the first feed of a show announces nothing', { before: undefined }, [], false],
  ['a back-dated or republished episode came, or one was taken back', { after: others }, [], false],
  ['the same episodes are told differently', {}, [], true],
  ['an older page alone has changed', { isNewAtItsAddress: false }, [], false],
  ['a new way to render all feeds', { after: { ...quiet, renderer: '2' } }, [], false],
  ['a live item is planned', { after: live('pending') }, [], true],
  ['it begins', { before: live('pending'), after: live('live') }, ['live'], false],
  ['it begins without notice', { after: live('live') }, ['live'], false],
  ['it goes on', { before: live('live'), after: live('live') }, [], true],
  ['it ends', { before: live('live'), after: live('ended') }, ['liveEnd'], false],
  ['it is taken away while it is on air', { before: live('live'), after: live() }, ['liveEnd'], false],
  ['it is put off', { before: live('live'), after: live('pending') }, [], true],
  ['it never began and ends', { before: live('pending'), after: live('ended') }, [], true],
  ['it was told and is taken away later', { before: live('ended'), after: live() }, [], true],
  ['it begins once more', { before: live('ended'), after: live('live') }, ['live'], false],
  [
    'all at once',
    { before: live('live', 'pending'), after: live('ended', 'live'), announced: 2 },
    ['live', 'liveEnd', 'update'],
    false,
  ],
]

for (const [what, fields, reasons, isAnEdit] of rows) {
  t.test(`${what}: ${reasons.join(' and ') || (isAnEdit ? 'an edit' : 'nothing')}`, async (t) => {
    t.same(reasonsToPush(change(fields)), reasons)
    t.equal(isEdit(change(fields), true), isAnEdit)
  })
}

t.test('an item may have any guid', async (t) => {
  // Not a literal: its type would know Object's own constructor.
  const onAir: Told = { ...quiet, live: JSON.parse('{"constructor":"live"}') }
  t.same(reasonsToPush(change({ after: onAir })), ['live'])
  t.same(reasonsToPush(change({ before: onAir })), ['liveEnd'])
})

t.test('a feed without episodes is edited in silence', async (t) => {
  t.equal(isEdit(change({}), false), false)
})

const anyTold = fc.record({
  episodes: fc.constantFrom('one', 'two'),
  renderer: fc.constantFrom('1', '2'),
  live: fc.dictionary(
    fc.constantFrom('a', 'b', '__proto__', 'constructor'),
    fc.constantFrom('pending', 'live', 'ended'),
  ),
}) as fc.Arbitrary<Told>

t.test('whatever was told is not told again, and nothing is an edit and an announcement', async (t) => {
  fc.assert(
    fc.property(anyTold, anyTold, fc.nat(3), (before, after, announced) => {
      const again = change({ before: after, after })
      const made = change({ before, after, announced })
      const reasons = reasonsToPush(made)
      return (
        reasonsToPush(again).length === 0 &&
        reasons.includes('update') === announced > 0 &&
        new Set(reasons).size === reasons.length &&
        !(isEdit(made, true) && reasons.length > 0)
      )
    }),
  )
  t.pass()
})
