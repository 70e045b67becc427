import { randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { Upload } from '@tus/utils'
import type { Test } from 'tap'
import type { Incoming } from '../../src/core/incoming.ts'
import { failing, hash, stream } from './bodies.ts'

/** `again` gives a second instance over the same uploads, as another process has it. */
type Opened = { incoming: Incoming; again(): Incoming; close?: () => Promise<void> }

const megabyte = 1024 ** 2
const sizes = [0, 1, 6 * megabyte, 20 * megabyte]

/** What every place for incoming uploads must do; `open` gives an empty one. */
export function incomingSuite(t: Test, open: () => Promise<Opened>): void {
  const test = (sentence: string, body: (t: Test, incoming: Incoming, again: () => Incoming) => Promise<void>) =>
    t.test(sentence, async (t) => {
      const { incoming, again, close } = await open()
      t.teardown(async () => close?.())
      await body(t, incoming, again)
    })

  for (const size of sizes) {
    test(`an upload of ${size} bytes in one go`, async (t, incoming) => {
      const bytes = randomBytes(size)
      const uploadId = await create(incoming, size)
      t.equal(await write(incoming, uploadId, stream(bytes), 0), size)
      await arrivedWhole(t, incoming, uploadId, bytes)
    })

    test(`an upload of ${size} bytes whose length is told afterwards`, async (t, incoming) => {
      const bytes = randomBytes(size)
      const uploadId = await create(incoming)
      t.equal(await write(incoming, uploadId, stream(bytes), 0), size)
      t.equal(await incoming.checkOut(uploadId, path.join(t.testdir({}), 'early')), false, 'it is not whole yet')
      await incoming.store.declareUploadLength(incoming.storeId(uploadId), size)
      t.equal(await write(incoming, uploadId, Readable.from([]), size), size)
      await arrivedWhole(t, incoming, uploadId, bytes)
    })
  }

  test('an upload in pieces of all sizes', async (t, incoming) => {
    const pieces = [100, 6 * megabyte, 3, 9 * megabyte, 1].map((length) => randomBytes(length))
    const bytes = Buffer.concat(pieces)
    const uploadId = await create(incoming, bytes.length)
    let offset = 0
    for (const piece of pieces) {
      t.equal(await write(incoming, uploadId, stream(piece), offset), offset + piece.length)
      offset += piece.length
      if (offset < bytes.length) t.equal(await offsetOf(incoming, uploadId), offset)
    }
    await arrivedWhole(t, incoming, uploadId, bytes)
  })

  test('an upload goes on after a broken line, from where the store says', async (t, incoming) => {
    const bytes = randomBytes(20 * megabyte)
    const uploadId = await create(incoming, bytes.length)
    await write(incoming, uploadId, stream(bytes.subarray(0, megabyte)), 0)
    await t.rejects(write(incoming, uploadId, failing(18 * megabyte, bytes.subarray(megabyte)), megabyte))
    const offset = await offsetOf(incoming, uploadId)
    t.ok(offset <= 10 * megabyte, 'nothing is there that was not sent')
    t.equal(await write(incoming, uploadId, stream(bytes.subarray(offset)), offset), bytes.length)
    await arrivedWhole(t, incoming, uploadId, bytes)
  })

  test('another process goes on with an upload, and the first one finishes it', async (t, incoming, again) => {
    const bytes = randomBytes(10 * megabyte)
    const uploadId = await create(incoming)
    await write(incoming, uploadId, stream(bytes.subarray(0, megabyte)), 0)
    const other = again()
    t.equal(await offsetOf(other, uploadId), megabyte)
    await other.store.declareUploadLength(other.storeId(uploadId), bytes.length)
    await write(other, uploadId, stream(bytes.subarray(megabyte, 7 * megabyte)), megabyte)
    t.equal((await incoming.store.getUpload(incoming.storeId(uploadId))).size, bytes.length)
    await write(incoming, uploadId, stream(bytes.subarray(7 * megabyte)), 7 * megabyte)
    await arrivedWhole(t, other, uploadId, bytes)
  })

  test('what was told about an upload is kept', async (t, incoming, again) => {
    const uploadId = await create(incoming, 10, { filename: 'Folge “1”.wav', episodeId: 'e1' })
    const upload = await again().store.getUpload(incoming.storeId(uploadId))
    t.match(upload, { size: 10, offset: 0, metadata: { filename: 'Folge “1”.wav', episodeId: 'e1' } })
  })

  test('an upload that is not whole cannot be settled or checked out', async (t, incoming) => {
    const uploadId = await create(incoming, 10)
    await write(incoming, uploadId, stream('half '), 0)
    await t.rejects(incoming.settle(uploadId), /not whole/)
    t.equal(await incoming.checkOut(uploadId, path.join(t.testdir({}), 'early')), false)
  })

  test('a check-out replaces what was there, and outlives the upload', async (t, incoming) => {
    const target = path.join(t.testdir({ recording: 'of an earlier try' }), 'recording')
    const uploadId = await create(incoming, 5)
    await write(incoming, uploadId, stream('bytes'), 0)
    t.equal(await incoming.checkOut(uploadId, target), true)
    await incoming.remove(uploadId)
    t.equal(await readFile(target, 'utf8'), 'bytes')
  })

  test('an upload that is not there is absent', async (t, incoming) => {
    const uploadId = randomUUID()
    t.same(await incoming.peek(uploadId, 10), Buffer.alloc(0))
    t.equal(await incoming.checkOut(uploadId, path.join(t.testdir({}), 'none')), false)
    await t.rejects(incoming.settle(uploadId))
    await t.rejects(incoming.store.getUpload(incoming.storeId(uploadId)))
    await incoming.remove(uploadId)
  })

  test('a listing has every upload once, whole or not, with its time', async (t, incoming) => {
    const before = Date.now()
    const whole = await create(incoming, 5)
    await write(incoming, whole, stream('bytes'), 0)
    const begun = await create(incoming, 5)
    await write(incoming, begun, stream('by'), 0)
    const empty = await create(incoming)
    const found = await all(incoming)
    t.same(found.map(({ uploadId }) => uploadId).sort(), [whole, begun, empty].sort())
    for (const { createdAt } of found) t.ok(Math.abs(createdAt - before) < 60_000)
  })

  test('a removed upload is gone, however far it came', async (t, incoming, again) => {
    const whole = await create(incoming, 5)
    await write(incoming, whole, stream('bytes'), 0)
    const begun = await create(incoming, 20 * megabyte)
    await write(incoming, begun, stream(randomBytes(9 * megabyte)), 0)
    const empty = await create(incoming)
    const kept = await create(incoming, 5)
    for (const uploadId of [whole, begun, empty, whole]) await again().remove(uploadId)
    t.same(
      (await all(incoming)).map(({ uploadId }) => uploadId),
      [kept],
    )
    await t.rejects(incoming.store.getUpload(incoming.storeId(begun)))
  })

  test('removing an upload leaves one with a longer name alone', async (t, incoming) => {
    for (const uploadId of ['same', 'same-but-longer']) {
      await incoming.store.create(new Upload({ id: incoming.storeId(uploadId), size: 5, offset: 0 }))
    }
    await incoming.remove('same')
    t.equal(await write(incoming, 'same-but-longer', stream('bytes'), 0), 5)
    t.same(
      (await all(incoming)).map(({ uploadId }) => uploadId),
      ['same-but-longer'],
    )
  })

  test('names that are none of an upload are refused', async (t, incoming) => {
    for (const name of ['', '.', '..', 'a/b', '../a', 'a.json', 'a.info', 'a.part', 'a\0']) {
      t.throws(() => incoming.storeId(name), { code: 'not-found' }, JSON.stringify(name))
      await t.rejects(async () => incoming.peek(name, 1), { code: 'not-found' })
      await t.rejects(async () => incoming.checkOut(name, path.join(t.testdir({}), 'none')), { code: 'not-found' })
      await t.rejects(async () => incoming.remove(name), { code: 'not-found' })
    }
  })
}

async function create(incoming: Incoming, size?: number, metadata: Record<string, string> = {}): Promise<string> {
  const uploadId = randomUUID()
  await incoming.store.create(new Upload({ id: incoming.storeId(uploadId), size, offset: 0, metadata }))
  return uploadId
}

const write = (incoming: Incoming, uploadId: string, body: Readable, offset: number) =>
  incoming.store.write(body, incoming.storeId(uploadId), offset)

const offsetOf = async (incoming: Incoming, uploadId: string) =>
  (await incoming.store.getUpload(incoming.storeId(uploadId))).offset

async function arrivedWhole(t: Test, incoming: Incoming, uploadId: string, bytes: Buffer): Promise<void> {
  await incoming.settle(uploadId)
  t.match(await incoming.store.getUpload(incoming.storeId(uploadId)), { size: bytes.length, offset: bytes.length })
  t.ok((await incoming.peek(uploadId, 4096)).equals(bytes.subarray(0, 4096)), 'its first bytes')
  const target = path.join(t.testdir({}), 'recording')
  t.equal(await incoming.checkOut(uploadId, target), true)
  t.equal(hash(await readFile(target)), hash(bytes), 'all of its bytes')
}

async function all(incoming: Incoming) {
  const found: { uploadId: string; createdAt: number }[] = []
  for await (const upload of incoming.list()) found.push(upload)
  return found
}
