import fc from 'fast-check'
import t from 'tap'
import { slugify, slugPattern } from '../../src/shows/slug.ts'

const cases: [string, string][] = [
  ['Long Waves', 'long-waves'],
  ['  Crème brûlée, s’il vous plaît!  ', 'creme-brulee-s-il-vous-plait'],
  ['Die Straße', 'die-strasse'],
  ['ﬁne ½ Ⅷ', 'fine-1-2-viii'],
  ['--- 7 ---', '7'],
  ['../../etc/passwd', 'etc-passwd'],
  ['שלום 😀', ''],
  ['', ''],
  [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
  ['x'.repeat(300), 'x'.repeat(60)],
]

for (const [title, slug] of cases) t.equal(slugify(title), slug, `“${title.slice(0, 40)}”`)

t.test('whatever the title is, its slug can stand in an address, or there is none', async () => {
  const pattern = new RegExp(slugPattern)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (title) => {
      const slug = slugify(title)
      return slug === '' || (pattern.test(slug) && slug.length <= 60 && slugify(slug) === slug)
    }),
  )
})
