import t from 'tap'
import { remember } from '../../src/core/remember.ts'

t.test('an answer is made once, also when it is undefined, and again only after many others', async (t) => {
  const asked: string[] = []
  const lengthOf = remember(3, (text) => {
    asked.push(text)
    return text === '' ? undefined : text.length
  })
  for (const text of ['a', '', 'a', '', 'bb']) t.equal(lengthOf(text), text === '' ? undefined : text.length)
  t.strictSame(asked, ['a', '', 'bb'])
  t.equal(lengthOf('four'), 4)
  t.equal(lengthOf('a'), 1)
  t.strictSame(asked.slice(3), ['four', 'a'])
})

t.test('an answer that cannot be made is asked for again', async (t) => {
  let tries = 0
  const failing = remember(3, () => {
    tries += 1
    throw new Error('no')
  })
  for (const _ of [1, 2]) t.throws(() => failing('a'))
  t.equal(tries, 2)
})
