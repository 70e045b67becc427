import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { readWindows, writeWindows } from '../../../src/analytics/roll-up/kept-windows.ts'
import type { ListeningWindow } from '../../../src/analytics/window.ts'
import { monday } from '../../fixtures/hits.ts'

const instant = fc.nat().map((later) => monday + later)

const anyWindow: fc.Arbitrary<ListeningWindow> = fc.record(
  {
    openedAt: instant,
    lastAt: instant,
    country: fc.constantFrom('IS', null),
    countedAt: fc.option(instant),
    certainty: fc.constantFrom('delivered', 'asked'),
    heard: fc.dictionary(fc.constantFrom('one', 'two'), fc.array(fc.tuple(fc.nat(), fc.nat())), {
      noNullPrototype: true,
    }),
    isInvited: fc.boolean(),
    isSentOn: fc.boolean(),
    isServedHere: fc.boolean(),
    isAskedWhole: fc.boolean(),
    isHeardWhole: fc.boolean(),
    isDownload: fc.boolean(),
  },
  { noNullPrototype: true },
)

t.test('windows are read as they were written', async () => {
  fc.assert(
    fc.property(fc.array(anyWindow), (windows) => {
      deepStrictEqual(readWindows(writeWindows(windows)), windows)
    }),
  )
})
