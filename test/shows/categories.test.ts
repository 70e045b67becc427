import t from 'tap'
import { categories, categoryNames, tryParseCategory } from '../../src/shows/categories.ts'

t.test("the list is Apple's of today: 19 tops and 91 subcategories, no name twice", async (t) => {
  t.equal(Object.keys(categories).length, 19)
  t.equal(Object.values(categories).flat().length, 91)
  t.equal(new Set(categoryNames).size, 110)
  t.notMatch(categoryNames.join(), 'Games & Hobbies', 'which Apple had until 2019')
})

t.test('each name in it is read, and nothing else', async (t) => {
  for (const name of categoryNames) {
    const { top, sub } = tryParseCategory(name) ?? {}
    t.equal([top, sub].filter(Boolean).join(' > '), name)
  }
  t.same(tryParseCategory('  Arts>Design '), { top: 'Arts', sub: 'Design' })
  const others = ['', 'arts', 'Trains', 'Arts > Trains', 'Arts >', 'Arts > Design > Books', 'Design', 'constructor']
  for (const other of others) t.equal(tryParseCategory(other), undefined, other)
})
