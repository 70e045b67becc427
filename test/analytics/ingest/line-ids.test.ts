import t from 'tap'
import { createLineIds } from '../../../src/analytics/ingest/line-ids.ts'

const lines = ['a', 'b', 'a', 'c', 'a']
const idsOf = (secret: string, all: readonly string[]) => all.map(createLineIds(secret))

t.test('the same log gives the same ids, each of them once', async (t) => {
  const ids = idsOf('secret', lines)
  t.strictSame(idsOf('secret', lines), ids)
  t.equal(new Set(ids).size, lines.length)
  for (const id of ids) t.match(id, /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
})

t.test('a part of it gives no other ids', async (t) => {
  const ids = new Set(idsOf('secret', lines))
  for (let start = 0; start < lines.length; start += 1) {
    for (const id of idsOf('secret', lines.slice(start))) t.ok(ids.has(id))
  }
})

t.test('who does not know the secret cannot make an id of a line', async (t) => {
  t.not(idsOf('secret', ['a'])[0], idsOf('another', ['a'])[0])
})

t.test('places are remembered for as many lines as one second can have', async (t) => {
  const idOf = createLineIds('secret')
  const first = idOf('a')
  for (let line = 0; line < 9_999; line += 1) idOf(String(line))
  const second = idOf('a')
  t.not(second, first)
  for (let line = 0; line < 10_000; line += 1) idOf(String(line))
  t.equal(idOf('a'), first)
})
