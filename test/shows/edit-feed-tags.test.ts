import fc from 'fast-check'
import t from 'tap'
import { mergeTags, splitTags } from '../../src/shows/edit-feed-tags.ts'
import { ShowFeedTags } from '../../src/shows/feed-tags.ts'

const text = fc.string({ unit: 'binary' })
const tags = fc.record(
  {
    people: fc.array(fc.record({ name: text, role: text }, { requiredKeys: ['name'] })),
    texts: fc.array(fc.record({ value: text })),
    complete: fc.boolean(),
    license: fc.record({ name: text }),
  },
  { requiredKeys: [] },
)
const change: fc.Arbitrary<Record<string, unknown>> = tags.chain((given) =>
  fc
    .subarray(Object.keys(given))
    .map((gone) => ({ ...given, ...Object.fromEntries(gone.map((name) => [name, null])) })),
)
const merge = mergeTags<Record<string, unknown>>
const split = (changes: object) => splitTags<ShowFeedTags, object>(ShowFeedTags, changes)

t.test('what a change names is what it says afterwards, and all else is as it was', async (t) => {
  const holds = (stored: Record<string, unknown>, changes: Record<string, unknown>) => {
    const merged = merge(stored, changes)
    return Object.entries({ ...stored, ...changes }).every(([name, wanted]) => {
      const isGone = wanted === null || (Array.isArray(wanted) && wanted.length === 0)
      return isGone ? !(name in merged) : merged[name] === wanted
    })
  }
  fc.assert(fc.property(tags, change, holds))
  t.pass()
})

t.test('a change that is said twice changes nothing the second time', async (t) => {
  fc.assert(
    fc.property(tags, change, (stored, changes) => {
      const once = merge(stored, changes)
      return JSON.stringify(merge(once, changes)) === JSON.stringify(once)
    }),
  )
  t.pass()
})

/** All texts below it, with the names that they have. */
const textsIn = (value: unknown, name = ''): [string, string][] =>
  typeof value === 'string' ? [[name, value]] : Object.entries(value ?? {}).flatMap(([key, each]) => textsIn(each, key))

t.test('whatever is written, texts are kept without control characters, but for breaks of free ones', async (t) => {
  const isClean = ([name, kept]: [string, string]) => {
    const unwanted = name === 'value' ? /(?![\n\t])\p{Control}|\p{Surrogate}/u : /\p{Control}|\p{Surrogate}/u
    return !unwanted.test(kept) && kept === kept.trim()
  }
  fc.assert(fc.property(change, (changes) => textsIn(split(changes).tags).every(isClean)))
  t.pass()
})

t.test('fields that are no tags are left to others, and what is undefined is not said', async (t) => {
  t.same(split({ title: ' x ', id: 1, complete: true, people: undefined }), {
    tags: { complete: true },
    fields: { title: ' x ', id: 1 },
  })
})
