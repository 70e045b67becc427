import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { type ByteRange, blockBytes, type ObjectStorage } from '../../src/core/storage.ts'
import { closing, failing, hash, stream } from './bodies.ts'

type Opened = { storage: ObjectStorage; close?: () => Promise<void> }

const type = 'application/octet-stream'
const mebibyte = 1024 ** 2
const largeBytes = 12 * mebibyte

/** What every object storage must do; `open` gives an empty one. */
export function objectStorageSuite(t: Test, open: () => Promise<Opened>): void {
  const test = (sentence: string, body: (t: Test, storage: ObjectStorage) => Promise<void>) =>
    t.test(sentence, async (t) => {
      const { storage, close } = await open()
      t.teardown(async () => close?.())
      await body(t, storage)
    })

  test('an object is kept whole, and described', async (t, storage) => {
    const before = Date.now()
    await put(storage, 'shows/1/a.mp3', 'some bytes')
    t.equal(await read(storage, 'shows/1/a.mp3'), 'some bytes')
    const object = await storage.head('shows/1/a.mp3')
    t.match(object, { key: 'shows/1/a.mp3', size: 10 })
    t.ok(Math.abs(Number(object?.modifiedAt) - before) < 60_000, 'the time of the put')
  })

  test('a second put replaces the object', async (t, storage) => {
    await put(storage, 'a', 'first')
    await put(storage, 'a', 'the second')
    t.equal(await read(storage, 'a'), 'the second')
    t.equal((await storage.head('a'))?.size, 10)
    t.same(await keys(storage, ''), ['a'])
  })

  test('a file is put as its bytes are', async (t, storage) => {
    const file = path.join(t.testdir({ file: 'bytes of a file' }), 'file')
    await put(storage, 'of-a-file', 'what was there before')
    await storage.putFile('of-a-file', file, { type })
    await rm(file)
    t.equal(await read(storage, 'of-a-file'), 'bytes of a file')
    await t.rejects(storage.putFile('of-a-file', file, { type }), { code: 'ENOENT' })
    t.same(await keys(storage, ''), ['of-a-file'])
    t.equal(await read(storage, 'of-a-file'), 'bytes of a file')
  })

  test('an empty object is an object', async (t, storage) => {
    await put(storage, 'empty', '')
    t.equal(await read(storage, 'empty'), '')
    t.equal((await storage.head('empty'))?.size, 0)
  })

  test('blocks, where the store has them, are the bytes of the object as it is now', async (t, storage) => {
    t.equal(await storage.openBlocks('none'), undefined)
    for (const bytes of [Buffer.alloc(2 * blockBytes + 5, 'one'), Buffer.alloc(blockBytes, 'other')]) {
      await storage.put('blocks', Readable.from([bytes]), { type, size: bytes.length })
      const reader = await storage.openBlocks('blocks')
      if (!reader) continue
      for (const block of [1, 0, 0, 2]) {
        const expected = bytes.subarray(block * blockBytes, (block + 1) * blockBytes)
        t.ok((await reader.read(block)).equals(expected), `block ${block} of ${bytes.length} bytes`)
      }
      reader.release()
    }
    const last = await storage.openBlocks('blocks')
    await storage.delete('blocks')
    t.equal(await storage.openBlocks('blocks'), undefined)
    if (last) t.equal((await last.read(0)).length, blockBytes, 'who has it open reads it to its end')
    last?.release()
  })

  test('what is not there is undefined', async (t, storage) => {
    await put(storage, 'folder/a', 'a')
    for (const key of ['none', 'folder', 'folder/none', 'folder/a/below']) {
      t.equal(await storage.head(key), undefined, `head ${key}`)
      t.equal(await storage.open(key), undefined, `open ${key}`)
      t.equal(await storage.open(key, { start: 0, end: 0 }), undefined, `open ${key} with a range`)
    }
  })

  test('a body that fails leaves nothing', async (t, storage) => {
    for (const size of [100, largeBytes]) {
      await t.rejects(storage.put('new', failing(size), { type, size }), /line is cut/)
      await t.rejects(storage.put('new', closing(size), { type, size }))
    }
    t.equal(await storage.head('new'), undefined)
    t.same(await keys(storage, ''), [])
  })

  test('a body that fails before it is read does so too', async (t, storage) => {
    const body = failing(10)
    body.on('error', () => {})
    body.destroy(new Error('the line is cut'))
    await t.rejects(storage.put('new', body, { type, size: 10 }))
    t.equal(await storage.head('new'), undefined)
  })

  test('a body that is too short or too long leaves nothing', async (t, storage) => {
    for (const length of [100, largeBytes]) {
      await t.rejects(storage.put('new', stream(randomBytes(length)), { type, size: length + 1 }), /bytes/)
      await t.rejects(storage.put('new', stream(randomBytes(length)), { type, size: length - 1 }), /bytes/)
    }
    t.equal(await storage.head('new'), undefined)
  })

  test('a put that fails does not harm the object that was there', async (t, storage) => {
    await put(storage, 'a', 'the old one')
    await t.rejects(storage.put('a', failing(100), { type, size: 100 }))
    await t.rejects(storage.put('a', failing(largeBytes), { type, size: largeBytes }))
    await t.rejects(storage.put('a', stream('short'), { type, size: 6 }))
    t.equal(await read(storage, 'a'), 'the old one')
  })

  test('ranges are inclusive at both ends', async (t, storage) => {
    await put(storage, 'a', '0123456789')
    const cases: [ByteRange, string][] = [
      [{ start: 0, end: 0 }, '0'],
      [{ start: 9, end: 9 }, '9'],
      [{ start: 3, end: 6 }, '3456'],
      [{ start: 0, end: 9 }, '0123456789'],
    ]
    for (const [range, bytes] of cases) t.equal(await read(storage, 'a', range), bytes, `${range.start}-${range.end}`)
  })

  test('deleting twice is fine, and deletes nothing else', async (t, storage) => {
    await put(storage, 'a/b', 'b')
    await put(storage, 'a/bc', 'bc')
    await storage.delete('a/b')
    await storage.delete('a/b')
    await storage.delete('a')
    t.same(await keys(storage, ''), ['a/bc'])
  })

  test('a prefix is whole segments', async (t, storage) => {
    for (const key of ['a/b/1', 'a/b/c/2', 'a/bc/3', 'a/b.4', 'd']) await put(storage, key, key)
    t.same(await keys(storage, ''), ['a/b.4', 'a/b/1', 'a/b/c/2', 'a/bc/3', 'd'])
    t.same(await keys(storage, 'a'), ['a/b.4', 'a/b/1', 'a/b/c/2', 'a/bc/3'])
    t.same(await keys(storage, 'a/b'), ['a/b/1', 'a/b/c/2'])
    t.same(await keys(storage, 'a/b/'), ['a/b/1', 'a/b/c/2'])
    t.same(await keys(storage, 'd'), [])
    t.same(await keys(storage, 'none'), [])
    for await (const object of storage.list('a/bc')) t.match(object, { key: 'a/bc/3', size: 6, modifiedAt: Number })
  })

  test('odd keys are kept apart', async (t, storage) => {
    const odd = [
      'with space',
      'with%20space',
      'with+plus',
      'é',
      'e\u0301',
      '播客/第 1 集.mp3',
      '🎙',
      '100% & <more>?#=',
      "it's",
    ]
    for (const key of odd) await put(storage, key, key)
    t.same(await keys(storage, ''), odd.toSorted())
    for (const key of odd) t.equal(await read(storage, key), key)
    for (const key of odd) await storage.delete(key)
    t.same(await keys(storage, ''), [])
  })

  test('keys that would leave the store, or hide in it, are refused', async (t, storage) => {
    const bad = ['', '/a', 'a/', 'a//b', '../a', 'a/../../b', './a', '.writing/a', 'incoming/a', 'a\0b', 'a\nb']
    for (const key of bad) {
      await t.rejects(put(storage, key, 'x'), /Not a key/, JSON.stringify(key))
      await t.rejects(async () => storage.head(key), /Not a key/, JSON.stringify(key))
      await t.rejects(async () => storage.open(key), /Not a key/, JSON.stringify(key))
      await t.rejects(async () => storage.delete(key), /Not a key/, JSON.stringify(key))
    }
    await t.rejects(async () => keys(storage, '..'), /Not a key/)
  })

  test('a large body comes back as it was', async (t, storage) => {
    const bytes = randomBytes(largeBytes)
    await storage.put('large', stream(bytes), { type, size: largeBytes })
    t.equal((await storage.head('large'))?.size, largeBytes)
    t.equal(hash(await buffer((await storage.open('large')) ?? Readable.from([]))), hash(bytes))
    const range = { start: largeBytes - 1000, end: largeBytes - 1 }
    t.ok((await buffer((await storage.open('large', range)) ?? Readable.from([]))).equals(bytes.subarray(-1000)))
  })

  test('a head is replaced by one that is as long, longer or shorter; the old object stays', async (t, storage) => {
    for (const size of [3, 1000, 8 * mebibyte, 20 * mebibyte + 1]) {
      const old = randomBytes(size)
      await storage.put('old é.mp3', stream(old), { type, size })
      for (const [headBytes, skip] of headsOf(size)) {
        const head = randomBytes(headBytes)
        const expected = Buffer.concat([head, old.subarray(skip)])
        const stored = await storage.replaceHead('old é.mp3', 'a/new', { head, skip, type })
        const name = `${headBytes} for the first ${skip} of ${size}`
        t.match(stored, { key: 'a/new', size: expected.length }, name)
        t.equal(hash(await buffer((await storage.open('a/new')) ?? Readable.from([]))), hash(expected), name)
      }
      t.equal(hash(await buffer((await storage.open('old é.mp3')) ?? Readable.from([]))), hash(old))
    }
    t.same(await keys(storage, ''), ['a/new', 'old é.mp3'])
  })

  test('an object may be the one whose head is replaced; a reader goes on with the old one', async (t, storage) => {
    for (const size of [1000, largeBytes]) {
      const old = randomBytes(size)
      await storage.put('a', stream(old), { type, size })
      const reader = await storage.open('a')
      const head = randomBytes(100)
      await storage.replaceHead('a', 'a', { head, skip: 100, type })
      t.equal(hash(await buffer(reader ?? Readable.from([]))), hash(old))
      const now = await buffer((await storage.open('a')) ?? Readable.from([]))
      t.equal(hash(now), hash(Buffer.concat([head, old.subarray(100)])))
    }
  })

  test('what is not there has no head to replace, and more than all cannot be skipped: nothing is stored', async (t, storage) => {
    t.equal(await storage.replaceHead('none', 'new', { head: Buffer.from('head'), skip: 0, type }), undefined)
    await put(storage, 'a', 'short')
    await t.rejects(storage.replaceHead('a', 'new', { head: Buffer.from('head'), skip: 6, type }), /5 bytes/)
    await t.rejects(storage.replaceHead('a', '../new', { head: Buffer.from('head'), skip: 4, type }))
    t.same(await keys(storage, ''), ['a'])
  })

  test('a reader may leave early', async (t, storage) => {
    await storage.put('large', stream(randomBytes(largeBytes)), { type, size: largeBytes })
    for (let reader = 0; reader < 60; reader++) {
      const body = await storage.open('large')
      if (reader % 2) await once(body ?? Readable.from([]), 'readable')
      body?.destroy()
    }
    t.equal((await storage.head('large'))?.size, largeBytes, 'and holds up nobody')
  })

  test('puts of one key at once leave one whole body', async (t, storage) => {
    const bodies = Array.from({ length: 6 }, (_, index) => randomBytes(index % 2 ? 6 * 1024 ** 2 : 1000 + index))
    await Promise.all(bodies.map((body) => storage.put('a', stream(body), { type, size: body.length })))
    const kept = hash(await buffer((await storage.open('a')) ?? Readable.from([])))
    t.ok(bodies.map(hash).includes(kept))
    t.same(await keys(storage, ''), ['a'])
  })

  test('puts of neighbouring keys at once all succeed', async (t, storage) => {
    const names = Array.from({ length: 20 }, (_, index) => `new/folder/${index % 4}/${index}`)
    await Promise.all(names.map((name) => put(storage, name, name)))
    t.same(await keys(storage, ''), names.toSorted())
  })

  test('an address of its own serves ranges, type and file name, or there is none', async (t, storage) => {
    await storage.put('a b/é.mp3', stream('0123456789'), { type: 'audio/mpeg', size: 10 })
    const url = await storage.redirectUrl('a b/é.mp3', { seconds: 60, filename: 'Folge “1”, 100%.mp3' })
    if (url === undefined) return
    const answer = await fetch(url, { headers: { range: 'bytes=2-4' } })
    t.equal(answer.status, 206)
    t.equal(answer.headers.get('content-range'), 'bytes 2-4/10')
    t.equal(answer.headers.get('content-type'), 'audio/mpeg')
    t.equal(
      answer.headers.get('content-disposition'),
      `attachment; filename="Folge _1__ 100_.mp3"; filename*=UTF-8''Folge%20%E2%80%9C1%E2%80%9D%2C%20100%25.mp3`,
    )
    t.equal(await answer.text(), '234')
    const plain = await fetch(String(await storage.redirectUrl('a b/é.mp3', { seconds: 60 })))
    t.equal(plain.headers.get('content-disposition'), null)
    t.equal(await plain.text(), '0123456789')
    const head = await fetch(String(await storage.redirectUrl('a b/é.mp3', { seconds: 60, method: 'HEAD' })), {
      method: 'HEAD',
    })
    t.equal(head.status, 200)
    t.match(Object.fromEntries(head.headers), { 'content-type': 'audio/mpeg', 'content-length': '10' })
  })

  test('a check leaves no trace', async (t, storage) => {
    await storage.check()
    t.same(await keys(storage, ''), [])
  })
}

/** Lengths of new and of old heads. */
const headsOf = (size: number): [number, number][] => [
  [3, 3],
  [3, 0],
  [0, 3],
  [0, size],
  [65_536, Math.min(100, size)],
]

const put = async (storage: ObjectStorage, key: string, body: string) =>
  storage.put(key, stream(body), { type, size: Buffer.byteLength(body) })

async function read(storage: ObjectStorage, key: string, range?: ByteRange): Promise<string | undefined> {
  const body = await storage.open(key, range)
  return body && text(body)
}

async function keys(storage: ObjectStorage, prefix: string): Promise<string[]> {
  const found: string[] = []
  for await (const { key } of storage.list(prefix)) found.push(key)
  return found.sort()
}
