import fc from 'fast-check'
import t from 'tap'
import { isLate } from '../../src/analytics/is-late.ts'
import { addHit, type ListeningWindow } from '../../src/analytics/window.ts'
import type { CountWindow } from '../../src/core/config.ts'
import type { Hit } from '../../src/core/events.ts'
import { halfHour, hourMs, makeHit, makePart, monday } from '../fixtures/hits.ts'

const rule = { window: 'first-touch', timeZone: null } as const

const fold = (hits: readonly Hit[], windowRule: { window: CountWindow; timeZone: null } = rule) =>
  hits.reduce<readonly ListeningWindow[]>((all, hit) => addHit(all, hit, halfHour, windowRule), [])

t.test('the first hit and what comes in its order are not late', async (t) => {
  t.equal(isLate([], makeHit()), false)
  t.equal(isLate(fold([makeHit()]), makeHit()), false)
  t.equal(isLate(fold([makeHit()]), makeHit({ at: monday + 1 })), false)
})

t.test('what is older than the opening is late', async (t) => {
  t.equal(isLate(fold([makeHit()]), makeHit({ at: monday - 1 })), true)
})

t.test('what falls into a window is late until that is counted', async (t) => {
  const open = [makePart(0, 99_999), makePart(200_000, 299_999, { at: monday + 2 * hourMs })]
  t.equal(isLate(fold(open), makePart(0, 99_999, { at: monday + hourMs })), true)
  const counted = [makeHit(), makeHit({ at: monday + 2 * hourMs })]
  t.equal(isLate(fold(counted), makeHit({ at: monday + hourMs })), false)
})

t.test('a hit that is not late gives what it would have given in its turn', async () => {
  const hit = fc
    .record({ after: fc.nat(60), first: fc.nat(2_000_000), length: fc.nat(1_500_000), isWhole: fc.boolean() })
    .map(({ after, first, length, isWhole }) => {
      const at = monday + after * hourMs
      return isWhole ? makeHit({ at }) : makePart(first, first + length, { at })
    })
  const windows = fc.constantFrom<CountWindow>('first-touch', 'last-touch', 'calendar-day')
  fc.assert(
    fc.property(fc.array(hit, { maxLength: 12 }), hit, windows, (hits, last, window) => {
      const windowRule = { window, timeZone: null }
      const inOrder = hits.toSorted((one, other) => one.at - other.at)
      const folded = fold(inOrder, windowRule)
      if (isLate(folded, last)) return true
      const all = [...inOrder, last].sort((one, other) => one.at - other.at)
      return JSON.stringify(addHit(folded, last, halfHour, windowRule)) === JSON.stringify(fold(all, windowRule))
    }),
    { numRuns: 1_000 },
  )
})
