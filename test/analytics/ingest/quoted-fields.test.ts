import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { splitFields, unescapeField } from '../../../src/analytics/ingest/quoted-fields.ts'

const lines: [string, string[] | undefined][] = [
  ['a b c', ['a', 'b', 'c']],
  ['a [b c] "d e" f', ['a', 'b c', 'd e', 'f']],
  ['"" "-" x', ['', '-', 'x']],
  ['"a \\" b" c', ['a \\" b', 'c']],
  ['"Player "One"" c', ['Player "One"', 'c']],
  ['a  b ', ['a', 'b']],
  ['', []],
  ['a "torn', undefined],
  ['a [torn', undefined],
  ['a "b"c', undefined],
]

for (const [line, fields] of lines) t.strictSame(splitFields(line), fields, line)

const escaped: [string, string][] = [
  ['plain', 'plain'],
  ['\\x22quoted\\x22', '"quoted"'],
  ['\\"quoted\\"', '"quoted"'],
  ['\\xC3\\xBCn\\xc3\\xafcode', 'ünïcode'],
  ['\\\\x41', '\\x41'],
  ['a\\tb', 'a\tb'],
  ['\\xZZ', 'xZZ'],
]

for (const [text, before] of escaped) t.equal(unescapeField(text), before, text)

t.test('fields that are quoted come out as they went in', async () => {
  const field = fc.string().map((text) => text.replaceAll(/["\\\n]/g, "'"))
  fc.assert(
    fc.property(fc.array(field, { minLength: 1 }), (fields) => {
      return isDeepStrictEqual(splitFields(fields.map((each) => `"${each}"`).join(' ')), fields)
    }),
  )
})

t.test('a line of the longest kind takes no time, whatever stands in it', async (t) => {
  for (const piece of ['"', '\\', '"\\', '" ', '[', '"x', '\\"', ' "']) {
    const startedAt = performance.now()
    splitFields(piece.repeat(65_536 / piece.length))
    t.ok(performance.now() - startedAt < 60_000, JSON.stringify(piece))
  }
})
