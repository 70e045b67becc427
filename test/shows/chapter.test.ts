import fc from 'fast-check'
import t from 'tap'
import { arrangeChapters, type Chapter, fitChapters, mostChapters } from '../../src/shows/chapter.ts'

const at = (startSeconds: number, rest: Partial<Chapter> = {}): Chapter => ({ startSeconds, ...rest })

t.test('chapters are put in order and cleaned', async (t) => {
  const given = [
    at(60.0004, { title: ' Two\nlines\u0000 ', endSeconds: 90, url: 'HTTPS://Example.com', isHidden: false }),
    at(0, { title: '', imageUrl: 'https://example.com/a b.png', isHidden: true, imageId: 'i' }),
  ]
  t.strictSame(arrangeChapters(given, 80), [
    at(0, { imageUrl: 'https://example.com/a%20b.png', imageId: 'i', isHidden: true }),
    at(60, { endSeconds: 80, title: 'Two lines', url: 'https://example.com/' }),
  ])
})

t.test(
  'a chapter that breaks a rule is refused by its number and title; one that was found is mended or left out',
  async (t) => {
    const rows: [string, Chapter[], RegExp, Chapter[]][] = [
      ['none', [], /no chapter in it/, []],
      ['no time', [at(Number.NaN)], /Chapter 1 has no time/, []],
      ['before the beginning', [at(-1)], /Chapter 1 has no time/, []],
      [
        'after the end',
        [at(0), at(100, { title: 'Coda' })],
        /Chapter 2 \(“Coda”\) begins at 1:40, but .* 1:40/,
        [at(0)],
      ],
      ['ends first', [at(5, { endSeconds: 4 })], /Chapter 1 ends before it begins/, [at(5)]],
      ['ends at once', [at(5, { endSeconds: 5 })], /ends before/, [at(5)]],
      ['twice', [at(5, { title: 'a' }), at(5, { title: 'b' })], /Two chapters begin at 0:05/, [at(5, { title: 'a' })]],
      ['long title', [at(0, { title: '😀'.repeat(256) })], /too long/, [at(0, { title: '😀'.repeat(255) })]],
      ['script', [at(0, { url: 'javascript:alert(1)' })], /“javascript:alert\(1\)” in Chapter 1 is not/, [at(0)]],
      ['relative', [at(0, { imageUrl: '/a.png' })], /“\/a.png” in Chapter 1 is not an address/, [at(0)]],
      ['endless address', [at(0, { url: `https://a.example/${'x'.repeat(2000)}` })], /not an address/, [at(0)]],
    ]
    for (const [name, chapters, words, mended] of rows) {
      t.throws(() => arrangeChapters(chapters, 100), { code: 'invalid', message: words }, name)
      t.strictSame(fitChapters(chapters, 100), mended, name)
    }
    t.throws(() => arrangeChapters([at(Number.POSITIVE_INFINITY)], 100), { message: /has no time/ })
    const emoji = at(0, { title: '😀'.repeat(255) })
    t.strictSame(arrangeChapters([emoji], 100), [emoji], 'characters are counted, not their halves')
    const many = Array.from({ length: mostChapters + 1 }, (_, index) => at(index))
    t.throws(() => arrangeChapters(many), { message: /2001 chapters/ })
    t.equal(fitChapters(many).length, mostChapters)
    t.throws(() => arrangeChapters([at(1e300)]), { message: /no audio after 100:00:00/ }, 'no length is known')
  },
)

t.test('whatever is found, what is kept can be given again', async () => {
  const chapter = fc.record(
    {
      startSeconds: fc.oneof(fc.double(), fc.nat(5000)),
      endSeconds: fc.double(),
      title: fc.string({ unit: 'binary', maxLength: 300 }),
      url: fc.oneof(fc.webUrl(), fc.string()),
      isHidden: fc.boolean(),
    },
    { requiredKeys: ['startSeconds'] },
  )
  fc.assert(
    fc.property(fc.array(chapter, { maxLength: 20 }), (found) => {
      const kept = fitChapters(found, 4000)
      if (kept.length > 0 && JSON.stringify(arrangeChapters(kept, 4000)) !== JSON.stringify(kept)) throw new Error()
    }),
  )
})
