import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished } from 'node:stream/promises'
import t from 'tap'
import { metered } from '../../src/delivery/metered.ts'

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)))

t.test('the same bytes come out, and their number is told once, before the last of them is handed on', async (t) => {
  const told: [number, number][] = []
  let received = 0
  const meter = metered(chunks('one', 'two', 'three'), 11, (bytes) => told.push([bytes, received]))
  const texts: string[] = []
  for await (const chunk of meter) {
    texts.push(String(chunk))
    received += chunk.length
  }
  t.equal(texts.join(''), 'onetwothree')
  t.equal(told.length, 1)
  t.equal(told[0]?.[0], 11)
  t.ok((told[0]?.[1] ?? 11) < 11, 'the reader had not all of them')
})

t.test('no bytes are told too', async (t) => {
  const told: number[] = []
  t.equal((await buffer(metered(Readable.from([]), 0, (bytes) => told.push(bytes)))).length, 0)
  t.same(told, [0])
})

t.test('a reader that goes away ends the source, and what it got is told once', async (t) => {
  const source = new PassThrough()
  const told: number[] = []
  const meter = metered(source, 1_000, (bytes) => told.push(bytes))
  source.write(Buffer.alloc(10))
  await once(meter, 'data')
  meter.destroy()
  await t.rejects(finished(source), { code: 'ERR_STREAM_PREMATURE_CLOSE' })
  t.same(told, [10])
  t.ok(source.destroyed)
})

t.test('a source that breaks off breaks the answer off, and what was passed on is told once', async (t) => {
  const source = Readable.from(
    (async function* () {
      yield Buffer.alloc(10)
      throw new Error('the disk is gone')
    })(),
  )
  const told: number[] = []
  await t.rejects(buffer(metered(source, 1_000, (bytes) => told.push(bytes))), { message: 'the disk is gone' })
  t.same(told, [10])
})

t.test('a source that ends early is told as it was', async (t) => {
  const told: number[] = []
  await buffer(metered(chunks('four'), 1_000, (bytes) => told.push(bytes)))
  t.same(told, [4])
})
