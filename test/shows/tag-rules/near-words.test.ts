import fc from 'fast-check'
import t from 'tap'
import { nearWords } from '../../../src/shows/tag-rules/near-words.ts'
import { groups, roles } from '../../../src/shows/tag-rules/taxonomy.ts'

t.test('what is written almost right has the right word first', async (t) => {
  const typed = [
    ['Hots', 'host'],
    ['cohost', 'co-host'],
    ['geust', 'guest'],
    ['naratr', 'narrator'],
    ['cover artist designer', 'cover art designer'],
  ] as const
  for (const [word, meant] of typed) t.equal(nearWords(word, roles)[0], meant, word)
  t.equal(nearWords('misc', groups)[0], 'misc.')
  t.same(nearWords('zzzzzzzzzz', roles), [])
})

t.test('a word is nearest to itself, and never more than three are named', async (t) => {
  fc.assert(fc.property(fc.constantFrom(...roles), (role) => nearWords(role.toUpperCase(), roles)[0] === role))
  fc.assert(fc.property(fc.string({ maxLength: 128 }), (word) => nearWords(word, roles).length <= 3))
  t.pass()
})
