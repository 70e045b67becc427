import fc from 'fast-check'
import t from 'tap'
import { parseId3Chapters } from '../../../src/audio/id3/parse-chapters.ts'
import { tagArea } from '../../../src/audio/id3/tag-area.ts'
import { resynchronise } from '../../../src/audio/id3/walk-frames.ts'

const latin1 = (text: string) => Buffer.from(text, 'latin1')
const plainSize = (size: number) => Buffer.from([size >>> 24, size >>> 16, size >>> 8, size])
const sevenBitSize = (size: number) => Buffer.from([size >>> 21, (size >>> 14) & 127, (size >>> 7) & 127, size & 127])

/** By the version: a frame with its flags. */
const frames = {
  3: (id: string, body: Buffer, flags = 0) =>
    Buffer.concat([latin1(id), plainSize(body.length), Buffer.from([0, flags]), body]),
  4: (id: string, body: Buffer, flags = 0) =>
    Buffer.concat([latin1(id), sevenBitSize(body.length), Buffer.from([0, flags]), body]),
}
const times = Buffer.concat([plainSize(1000), plainSize(2000), Buffer.alloc(8, 0xff)])
const chapter = (id: string, ...parts: Buffer[]) => Buffer.concat([latin1(`${id}\0`), times, ...parts])

t.test('all text encodings are read, in both versions', async (t) => {
  const texts = [
    latin1('\0Gr\xf6\xdfe'),
    Buffer.concat([latin1('\x01'), Buffer.from('\ufeffGröße\0', 'utf16le')]),
    Buffer.concat([latin1('\x01'), Buffer.from('\ufeffGröße', 'utf16le').swap16()]),
    Buffer.concat([latin1('\x02'), Buffer.from('Größe', 'utf16le').swap16()]),
    Buffer.from('\x03Größe\0and more'),
  ]
  for (const version of [3, 4] as const) {
    for (const text of texts) {
      const body = frames[version]('CHAP', chapter('a', frames[version]('TIT2', text)))
      t.match(parseId3Chapters({ version, body }), [{ startSeconds: 1, endSeconds: 2, title: 'Größe' }])
    }
  }
})

t.test('sizes of 2.4 have seven bits a byte, or eight where a program mistook them', async (t) => {
  const title = frames[4]('TIT2', latin1(`\0${'x'.repeat(300)}`))
  const mistaken = frames[3]('TIT2', latin1(`\0${'x'.repeat(300)}`))
  for (const frame of [title, mistaken]) {
    const body = Buffer.concat([
      frames[4]('CHAP', chapter('a', frame)),
      frames[4]('CHAP', chapter('b')),
      Buffer.alloc(20),
    ])
    t.match(parseId3Chapters({ version: 4, body }), [{ title: 'x'.repeat(300) }, { title: undefined }])
  }
})

t.test('flags of a frame: unsynchronised, with a length, grouped, compressed', async (t) => {
  const title = frames[4]('TIT2', latin1('\x01\xff\0\xfeA\0'), 2)
  const link = frames[4]('WXXX', latin1('\0\0\0\x0c\0about\0http://a/'), 1)
  const body = Buffer.concat([
    frames[4]('CHAP', chapter('a', title, link)),
    frames[4]('CHAP', chapter('b'), 8),
    frames[4]('CHAP', Buffer.concat([latin1('g'), chapter('c')]), 0x40),
  ])
  t.match(parseId3Chapters({ version: 4, body }), [{ id: 'a', title: 'A', url: 'http://a/' }, { id: 'c' }])
  t.strictSame(resynchronise(latin1('\xff\0\xe0\xff\0\0\x01\0')), latin1('\xff\xe0\xff\0\x01\0'))
})

t.test('a table of contents hides what it does not list, unless it lists nothing', async (t) => {
  const chapters = ['a', 'b', 'c'].map((id) => frames[3]('CHAP', chapter(id)))
  const cases: [table: string, ids: string[]][] = [
    ['toc\0\x03\x02a\0c\0', ['a', 'c']],
    ['toc\0\x03\x01nobody\0', ['a', 'b', 'c']],
    ['toc\0\x03\xffb\0', ['b']],
    ['toc', ['a', 'b', 'c']],
  ]
  for (const [table, ids] of cases) {
    const body = Buffer.concat([...chapters, frames[3]('CTOC', latin1(table))])
    t.match(
      parseId3Chapters({ version: 3, body }),
      ids.map((id) => ({ id })),
      JSON.stringify(table),
    )
  }
})

t.test('a table that cannot count its 300 entries hides nothing', async (t) => {
  const ids = Array.from({ length: 300 }, (_, index) => `c${index}`)
  const table = Buffer.concat([latin1('toc\0\x03'), Buffer.from([300 & 255]), ...ids.map((id) => latin1(`${id}\0`))])
  const body = Buffer.concat([frames[3]('CTOC', table), ...ids.map((id) => frames[3]('CHAP', chapter(id)))])
  t.equal(parseId3Chapters({ version: 3, body }).length, 300)
})

t.test('no bytes make it throw, nor does a tag with bytes changed', async (t) => {
  const image = { type: 'image/png' as const, bytes: Buffer.from('89504e47', 'hex') }
  const whole = tagArea({
    chapters: [1, 2].map((startSeconds) => ({ startSeconds, title: 'ü', url: 'http://a/', image })),
  })
  const changed = fc
    .array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 })
    .map((changes) =>
      changes.reduce((tag, [at, byte]) => tag.fill(byte, at, at + 1), Buffer.from(whole.subarray(10, 500))),
    )
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
    changed,
  )
  const parsed = fc.property(fc.constantFrom(3, 4), bytes, (version, body) => {
    for (const { startSeconds } of parseId3Chapters({ version, body })) if (!(startSeconds >= 0)) return false
    return true
  })
  t.doesNotThrow(() => fc.assert(parsed, { numRuns: 2000 }))
})
