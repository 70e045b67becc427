import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import t, { type Test } from 'tap'
import { type BlockReader, blockBytes } from '../../src/core/storage.ts'
import { type Part, sendBlocks } from '../../src/delivery/send-blocks.ts'
import type { RawClient } from '../fixtures/raw-client.ts'
import { waitingAnswer } from '../fixtures/waiting-answer.ts'

const object = Buffer.alloc(8 * blockBytes, 'each block holds other bytes than the one before ')

/** Blocks that are in memory, or have to be read. */
function readerOf(bytes: Buffer, where: string) {
  const released: true[] = []
  const reader: BlockReader = {
    read(block) {
      const found = bytes.subarray(block * blockBytes, (block + 1) * blockBytes)
      return where === 'in memory' ? found : Promise.resolve(found)
    },
    release: () => void released.push(true),
  }
  return { reader, released }
}

type Asked = Readonly<{
  reader: BlockReader
  length: number
  act?(client: RawClient, response: ServerResponse): unknown
}>

/** Sends those parts over a real connection until that has ended. `toldAt` and `written`: bytes that the socket was given. */
async function send(t: Test, parts: readonly Part[], { reader, length, act = () => {} }: Asked) {
  const { client, response, onEnd, told, toldAt, written } = await waitingAnswer(t)
  response.writeHead(206, { 'content-length': length, connection: 'close' })
  await act(client, response)
  await sendBlocks(response, parts, reader, onEnd)
  return { told, toldAt, written: written(), client }
}

for (const where of ['in memory', 'on the disk']) {
  t.test(
    `bytes ${where} come out as they are, and their number is told once, before the last are handed on`,
    async (t) => {
      const rows: [name: string, parts: Part[], expected: Buffer][] = [
        ['nothing', [], Buffer.alloc(0)],
        ['a byte', [{ start: 5, end: 5 }], object.subarray(5, 6)],
        ['parts of two blocks', [{ start: 100, end: blockBytes }], object.subarray(100, blockBytes + 1)],
        ['what a player asks for', [{ start: 7, end: 4 * blockBytes + 6 }], object.subarray(7, 4 * blockBytes + 7)],
        ['many blocks', [{ start: 1, end: object.length - 1 }], object.subarray(1)],
        ['texts between', [Buffer.from('(('), { start: 0, end: 1 }, Buffer.from('))')], Buffer.from('((ea))')],
      ]
      for (const [name, parts, expected] of rows) {
        const { reader, released } = readerOf(object, where)
        const { told, toldAt, written, client } = await send(t, parts, { reader, length: expected.length })
        await client.closed()
        t.ok(client.heard().endsWith(`\r\n\r\n${expected}`), name)
        t.same(told, [expected.length], name)
        t.ok(expected.length === 0 || (toldAt[0] ?? 0) < written, name)
        t.same(released, [true], name)
      }
    },
  )

  t.test(`who has gone before bytes ${where} are sent is told to have had none`, async (t) => {
    const { reader, released } = readerOf(object, where)
    const act = async (client: RawClient, response: ServerResponse) => {
      client.leave()
      await once(response, 'close')
    }
    const { told } = await send(t, [{ start: 0, end: 9 }], { reader, length: 10, act })
    t.same(told, [0])
    t.same(released, [true])
  })

  t.test(`an object ${where} that is shorter than its row says breaks the answer off`, async (t) => {
    const { reader, released } = readerOf(object.subarray(0, 100), where)
    const { told, client } = await send(t, [{ start: 0, end: 199 }], { reader, length: 200 })
    await client.closed()
    t.same(told, [0])
    t.same(released, [true])
  })
}
