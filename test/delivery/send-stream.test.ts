import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { sendStream } from '../../src/delivery/send-stream.ts'
import type { RawClient } from '../fixtures/raw-client.ts'
import { waitingAnswer } from '../fixtures/waiting-answer.ts'
import { eventually } from '../journey/program.ts'

type Sent = Readonly<{ told: number[]; toldAt: number[]; written: number; source: Readable; client: RawClient }>

/** Sends that source over a real connection until that has ended. `toldAt` and `written`: bytes that the socket was given. */
async function send(
  t: Test,
  source: Readable,
  { length, act = () => {} }: { length: number; act?(client: RawClient): void },
): Promise<Sent> {
  const { client, response, onEnd, told, toldAt, written } = await waitingAnswer(t)
  response.writeHead(200, { 'content-length': length, connection: 'close' })
  const sending = sendStream(response, source, length, onEnd)
  act(client)
  await sending
  return { told, toldAt, written: written(), source, client }
}

const chunks = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)))

t.test('the same bytes come out, and their number is told once', async (t) => {
  const { told, client } = await send(t, chunks('one', 'two', 'three'), { length: 11 })
  await client.closed()
  t.match(client.heard(), /\r\n\r\nonetwothree$/)
  t.same(told, [11])
})

t.test('it is told before the last byte is handed on', async (t) => {
  const { toldAt, written } = await send(t, chunks('one', 'two'), { length: 6 })
  t.same(toldAt, [written - 3])
})

t.test('a body of no bytes is told too', async (t) => {
  const { told, client } = await send(t, Readable.from([]), { length: 0 })
  await client.closed()
  t.match(client.heard(), /\r\n\r\n$/)
  t.same(told, [0])
})

t.test('a client that goes away ends the source at once, and no more is told than was sent', async (t) => {
  const chunk = Buffer.alloc(64 * 1024)
  const endless = Readable.from(
    (async function* () {
      for (;;) yield chunk
    })(),
  )
  const act = async (client: RawClient) => {
    await client.hears(1_000_000)
    client.leave()
  }
  const { told, written, source } = await send(t, endless, { length: 1e12, act })
  t.ok(source.destroyed)
  t.equal(told.length, 1)
  t.ok((told[0] ?? 0) > 0 && (told[0] ?? 0) < written, `${told[0]} of ${written}`)
})

t.test('so does one that goes away while the source has nothing to say', async (t) => {
  const silent = new Readable({ read() {} })
  silent.push(Buffer.alloc(10))
  const act = async (client: RawClient) => {
    await eventually(20, async () => client.heard().endsWith('\0'.repeat(10)))
    client.leave()
  }
  const { told, source } = await send(t, silent, { length: 1_000, act })
  t.ok(source.destroyed)
  t.same(told, [10])
})

t.test(
  'a source that breaks off or ends early breaks the answer off, and what was passed on is told once',
  async (t) => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.alloc(10)
        throw new Error('the bucket is gone')
      })(),
    )
    for (const source of [broken, Readable.from([Buffer.alloc(10)])]) {
      const { told, client } = await send(t, source, { length: 1_000 })
      await client.closed()
      t.match(client.heard(), /^HTTP\/1\.1 200 OK.*content-length: 1000/s)
      t.same(told, [10])
    }
  },
)
