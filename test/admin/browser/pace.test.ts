import t from 'tap'
import { createPace } from '../../../src/admin/browser/pace.ts'

t.test('no speed is told before there is enough to go by', async (t) => {
  const pace = createPace()
  t.equal(pace.bytesPerSecond(), undefined)
  pace.add(0, 0)
  pace.add(1_000, 500)
  t.equal(pace.bytesPerSecond(), undefined)
  pace.add(2_000, 1_000)
  t.equal(pace.bytesPerSecond(), 2_000)
})

t.test('the speed is that of the last seconds', async (t) => {
  const pace = createPace()
  for (let second = 0; second <= 10; second += 1) pace.add(second * 1_000, second * 1_000)
  for (let second = 11; second <= 20; second += 1) pace.add(10_000 + (second - 10) * 500, second * 1_000)
  t.equal(pace.bytesPerSecond(), 500)
})

t.test('a line that stands still has no speed, and one that begins anew has a new one', async (t) => {
  const pace = createPace()
  pace.add(1_000, 0)
  pace.add(1_000, 2_000)
  t.equal(pace.bytesPerSecond(), undefined)
  pace.add(0, 3_000)
  pace.add(3_000, 4_000)
  t.equal(pace.bytesPerSecond(), 3_000)
})
