import fc from 'fast-check'
import t from 'tap'
import { longestLineBytes, readLines } from '../../../src/analytics/ingest/read-lines.ts'
import { collect } from '../../fixtures/collect.ts'

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield Buffer.from(chunk)
}

const linesOf = (...chunks: readonly string[]) => collect(readLines(each(chunks.map((text) => Buffer.from(text)))))

t.test('lines end with a new line, with a carriage return before it or not; the last one as it likes', async (t) => {
  t.strictSame(await linesOf('one\ntwo\r\n\nthr', 'ee'), ['one', 'two', '', 'three'])
  t.strictSame(await linesOf('one\n'), ['one'])
  t.strictSame(await linesOf('', ''), [])
  t.strictSame(await linesOf('\n'), [''])
})

t.test('a line that is too long is passed over, and the next one is whole', async (t) => {
  const endless = 'x'.repeat(longestLineBytes + 1)
  const long = 'y'.repeat(longestLineBytes)
  t.strictSame(await linesOf(`one\n${endless.slice(9)}`, `${endless}\n`, `${long}\ntwo\n${endless}`), [
    ...['one', undefined, long, 'two', undefined],
  ])
})

t.test('the chunks that lines come in make no difference', async () => {
  const text = fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll(/[\r\n]/g, '')))
  await fc.assert(
    fc.asyncProperty(text, fc.array(fc.nat(200), { maxLength: 20 }), async (lines, cuts) => {
      const whole = Buffer.from(lines.map((line) => `${line}\n`).join(''))
      const ends = [...cuts.filter((cut) => cut < whole.length).sort((one, other) => one - other), whole.length]
      const chunks = ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end))
      const read = await collect(readLines(each(chunks)))
      return read.length === lines.length && read.every((line, index) => line === lines[index])
    }),
  )
})
