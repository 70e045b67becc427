import t from 'tap'
import { whenKnown } from '../../src/core/when-known.ts'

t.test('what is there is gone on with at once, what is to come when it comes', async (t) => {
  t.equal(
    whenKnown(2, (value) => value * 2),
    4,
  )
  const later = whenKnown(Promise.resolve(2), (value) => value * 2)
  t.ok(later instanceof Promise)
  t.equal(await later, 4)
})

t.test('a failure of either is told to who asked', async (t) => {
  const fail = () => {
    throw new Error('no')
  }
  t.throws(() => whenKnown(1, fail), { message: 'no' })
  await t.rejects(async () => whenKnown(Promise.resolve(1), fail), { message: 'no' })
  await t.rejects(async () => whenKnown(Promise.reject(new Error('lost')), fail), { message: 'lost' })
})
