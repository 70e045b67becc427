import fc from 'fast-check'
import t from 'tap'
import { indexAt } from '../../../src/site/browser/moments.ts'

t.test('the moment that is heard is the last that has begun', async (t) => {
  const rows: [number[], number, number][] = [
    [[], 5, -1],
    [[1, 2], 0.5, -1],
    [[0, 10, 20], 0, 0],
    [[0, 10, 20], 9.99, 0],
    [[0, 10, 20], 10, 1],
    [[0, 10, 20], 1e9, 2],
  ]
  for (const [starts, seconds, index] of rows) t.equal(indexAt(starts, seconds), index, `${starts} at ${seconds}`)
  const starts = fc.array(fc.nat(1000)).map((all) => all.sort((a, b) => a - b))
  fc.assert(
    fc.property(starts, fc.nat(1000), (all, seconds) => {
      const index = indexAt(all, seconds)
      return all.every((start, at) => start <= seconds === at <= index)
    }),
  )
})
