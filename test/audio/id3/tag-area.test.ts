import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { type IChapter, parseBuffer } from 'music-metadata'
import t from 'tap'
import { findBinaries } from '../../../src/audio/ffmpeg/binaries.ts'
import { type Mp3Tags, tagArea } from '../../../src/audio/id3/tag-area.ts'
import type { RecordedChapter } from '../../../src/audio/recording/chapter.ts'
import { silentFrames } from '../../fixtures/mp3-frames.ts'

const step = 64 * 1024
const jpeg = (bytes: number, fill = 1) => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(bytes - 4, fill)])
const image = (bytes: number, fill?: number) => ({ type: 'image/jpeg' as const, bytes: jpeg(bytes, fill) })

const tags: Mp3Tags = {
  title: 'Größe & <Wert> 🎙',
  artist: 'Ada Lovelace',
  album: 'Radio “Nächste Welle”',
  number: 12,
  year: 2026,
  comment: 'First line\nSecond line: — ünïcode',
  language: 'de-AT',
  genre: 'Podcast',
  cover: image(30_000),
  durationSeconds: 60,
  chapters: [
    { startSeconds: 0, title: 'Hello' },
    {
      startSeconds: 10.5,
      endSeconds: 20.25,
      title: 'Größe',
      url: 'https://example.com/a?b=c#d',
      image: image(5000, 2),
    },
    {
      startSeconds: 30,
      title: '日本語 🎙',
      image: { type: 'image/png', bytes: Buffer.from('89504e470d0a1a0a00', 'hex') },
    },
  ],
}

const readBack = async (area: Buffer) =>
  await parseBuffer(Buffer.concat([area, silentFrames(50)]), { mimeType: 'audio/mpeg' }, { duration: false })

t.test('music-metadata reads everything back', async (t) => {
  const { common, format, native } = await readBack(tagArea(tags))
  t.strictSame(format.tagTypes, ['ID3v2.3'])
  t.match(common, {
    title: tags.title,
    artist: tags.artist,
    album: tags.album,
    track: { no: 12 },
    year: 2026,
    genre: ['Podcast'],
    language: 'deu',
    comment: [{ language: 'deu', descriptor: '', text: tags.comment }],
    picture: [{ format: 'image/jpeg', type: 'Cover (front)' }],
  })
  t.ok(jpeg(30_000).equals(common.picture?.[0]?.data ?? Buffer.alloc(0)))
  t.strictSame(plain(format.chapters), [
    { start: 0, end: 10.5, title: 'Hello', url: undefined, image: undefined },
    {
      start: 10.5,
      end: 20.25,
      title: 'Größe',
      url: 'https://example.com/a?b=c#d',
      image: jpeg(5000, 2).toString('hex'),
    },
    { start: 30, end: 60, title: '日本語 🎙', url: undefined, image: '89504e470d0a1a0a00' },
  ])
  const toc = native['ID3v2.3']?.find(({ id }) => id === 'CTOC')?.value
  t.match(toc, { flags: { topLevel: true, ordered: true }, childElementIds: ['ch0', 'ch1', 'ch2'] })
})

t.test('ffprobe reads tags and chapters back', async (t) => {
  const found = await probe(t.testdir(), tagArea(tags))
  t.strictSame(found.format.tags, {
    title: tags.title,
    artist: tags.artist,
    album: tags.album,
    track: '12',
    date: '2026',
    genre: 'Podcast',
    language: 'deu',
    comment: tags.comment,
  })
  t.strictSame(found.chapters, [
    ['0.000000', '10.500000', 'Hello'],
    ['10.500000', '20.250000', 'Größe'],
    ['30.000000', '60.000000', '日本語 🎙'],
  ])
})

t.test('byte for byte it is what ID3v2.3 says', async (t) => {
  const area = tagArea({ title: 'Ä', comment: 'Hi', chapters: [{ startSeconds: 1, url: 'http://a.example' }] })
  const expected = [
    ['ID3\x03\0\0', '\0\x03\x7f\x76'],
    ['TIT2\0\0\0\x05\0\0', '\x01\xff\xfe\xc4\0'],
    ['COMM\0\0\0\x07\0\0', '\0und\0Hi'],
    ['CTOC\0\0\0\x0a\0\0', 'toc\0\x03\x01ch0\0'],
    ['CHAP\0\0\0\x31\0\0', 'ch0\0\0\0\x03\xe8\0\0\x03\xe8\xff\xff\xff\xff\xff\xff\xff\xff'],
    ['WXXX\0\0\0\x13\0\0', '\0\0http://a.example/'],
  ]
  const start = Buffer.from(expected.flat().join(''), 'latin1')
  t.strictSame(area.subarray(0, start.length), start)
  t.equal(area.length, step)
  t.ok(area.subarray(start.length).every((byte) => byte === 0))
})

t.test('the area is a multiple of 64 KiB with at least 16 KiB to spare', async (t) => {
  t.equal(tagArea({ chapters: [] }).length, step)
  t.equal(tagArea({ chapters: [], cover: image(step - 16 * 1024 - 34) }).length, step)
  t.equal(tagArea({ chapters: [], cover: image(step - 16 * 1024 - 33) }).length, 2 * step)
})

t.test('a later tag takes the place of the earlier one if it fits, to the byte', async (t) => {
  for (const bytes of [100_000, 3 * step]) t.equal(tagArea(tags, { bytes }).length, bytes)
  const cover = image(1000)
  t.equal(tagArea({ chapters: [], cover }, { bytes: 1034 }).length, 1034)
  t.equal(tagArea({ chapters: [], cover }, { bytes: 1033 }).length, step)
  t.match((await readBack(tagArea({ title: 'Later', chapters: [] }, { bytes: 25 }))).common, { title: 'Later' })
})

t.test('the same tags give the same bytes', async (t) => {
  t.ok(tagArea(tags).equals(tagArea(structuredClone(tags))))
})

t.test('texts are cleaned and cut, lines of the notes are kept', async (t) => {
  const area = tagArea({
    title: ' A\u0007\nB\0C ',
    artist: '🎙'.repeat(2000),
    album: '\u0001',
    comment: `one\r\ntwo\u0000three\u2028${'x'.repeat(5000)}`,
    language: '',
    chapters: [{ startSeconds: 0, title: `\n${'y'.repeat(500)}`, url: 'javascript:alert(1)' }],
  })
  const { common, format } = await readBack(area)
  t.equal(common.title, 'A B C')
  t.equal(Array.from(common.artist ?? '').length, 1000)
  t.equal(common.album, undefined)
  t.match(common.comment?.[0]?.text, /^one\ntwo three\nx+$/)
  t.equal(common.comment?.[0]?.text?.length, 4000)
  t.equal(common.comment?.[0]?.language, 'und')
  t.strictSame(plain(format.chapters), [{ start: 0, end: 0, title: 'y'.repeat(255), url: undefined, image: undefined }])
})

t.test('chapters come in order, end where the next begins, and never behind the end', async (t) => {
  const chapters = [
    { startSeconds: 20, endSeconds: 99, title: 'c' },
    { startSeconds: -1, title: 'before' },
    { startSeconds: 0, title: 'a' },
    { startSeconds: 10, endSeconds: 5, title: 'b' },
    { startSeconds: 30, title: 'behind' },
    { startSeconds: Number.NaN, title: 'never' },
  ]
  const { format } = await readBack(tagArea({ chapters, durationSeconds: 30 }))
  const found = plain(format.chapters).map(({ title, start, end }) => [title, start, end])
  t.strictSame(found, [
    ['a', 0, 10],
    ['b', 10, 10],
    ['c', 20, 30],
  ])
})

t.test('images are dropped from the last on when the area would pass 2 MiB', async (t) => {
  const chapters = Array.from({ length: 10 }, (_, index) => ({
    startSeconds: index,
    title: `${index}`,
    image: image(400_000, index),
  }))
  const area = tagArea({ chapters, cover: image(300_000) })
  const found = plain((await readBack(area)).format.chapters)
  t.equal(area.length, 30 * step)
  t.strictSame(
    found.map((chapter) => chapter.image !== undefined),
    chapters.map((_, index) => index < 4),
  )
})

t.test('more than 255 chapters stand in nested tables of contents', async (t) => {
  for (const count of [255, 256, 509, 510, 2000, 2100]) {
    const chapters = Array.from({ length: count }, (_, index) => ({ startSeconds: index, title: `Chapter ${index}` }))
    const area = tagArea({ chapters })
    const written = Math.min(count, 2000)
    const { native, format } = await readBack(area)
    const tables = (native['ID3v2.3'] ?? []).filter(({ id }) => id === 'CTOC').map(({ value }) => value as Table)
    t.strictSame(
      reachable(tables),
      chapters.slice(0, written).map((_, index) => `ch${index}`),
      `${count}`,
    )
    t.equal(tables.filter(({ flags }) => flags.topLevel).length, 1)
    t.ok((format.chapters?.length ?? 0) >= Math.min(count, 248), 'a reader of one level has the first')
    if (count === 2100) t.equal((await probe(t.testdir(), area)).chapters.length, 2000)
  }
})

t.test('whatever chapters are written come back', async (t) => {
  const text = fc.string({ unit: 'binary', maxLength: 40 }).map((title) => title.replace(/[\p{C}\p{Z}\s]+/gu, 'x'))
  const chapter = fc.record({
    ms: fc.nat(20_000_000),
    title: text.filter((title) => title.length > 0),
    url: fc.option(fc.webUrl({ withQueryParameters: true }), { nil: undefined }),
    image: fc.option(fc.uint8Array({ maxLength: 3000 }), { nil: undefined }),
  })
  const written = fc.asyncProperty(
    fc.uniqueArray(chapter, { maxLength: 20, selector: ({ ms }) => ms }),
    text,
    async (list, title) => {
      const sorted = list.toSorted((one, other) => one.ms - other.ms)
      const chapters: RecordedChapter[] = list.map(({ ms, title, url, image }) => ({
        startSeconds: ms / 1000,
        title,
        url,
        image: image && { type: 'image/jpeg', bytes: image },
      }))
      const { format, common } = await readBack(tagArea({ title, chapters }))
      const expected = sorted.map(({ ms, title, url, image }, index) => ({
        start: ms / 1000,
        end: (sorted[index + 1]?.ms ?? ms) / 1000,
        title,
        url: url && new URL(url).href,
        image: image && Buffer.from(image).toString('hex'),
      }))
      return (common.title ?? '') === title && JSON.stringify(plain(format.chapters)) === JSON.stringify(expected)
    },
  )
  await t.resolves(fc.assert(written, { numRuns: 30 }))
})

type Table = { label: string; flags: { topLevel: boolean }; childElementIds: string[] }

/** The chapters' ids in the order of a walk from the top-level table. */
function reachable(tables: readonly Table[], table = tables.find(({ flags }) => flags.topLevel)): string[] {
  return (table?.childElementIds ?? []).flatMap((id) => {
    const nested = tables.find(({ label }) => label === id)
    return nested ? reachable(tables, nested) : [id]
  })
}

/** music-metadata's types have MP4 in mind: of an ID3 chapter, the link is a WXXX frame and the image an APIC frame. */
function plain(chapters: readonly IChapter[] = []) {
  return (chapters as unknown as Id3Chapter[]).map(({ start, end, title, url, image }) => ({
    start,
    end,
    title,
    url: url?.url,
    image: image && Buffer.from(image.data).toString('hex'),
  }))
}

type Id3Chapter = { start: number; end: number; title: string; url?: { url: string }; image?: { data: Uint8Array } }

async function probe(folder: string, area: Buffer) {
  const file = path.join(folder, 'tagged.mp3')
  await writeFile(file, Buffer.concat([area, silentFrames(3000)]))
  const { ffprobe } = await findBinaries()
  const question = ['-v', 'error', '-show_format', '-show_chapters', '-of', 'json', file]
  const { stdout } = await promisify(execFile)(ffprobe, question, { maxBuffer: 16 * 1024 ** 2 })
  const { format, chapters } = JSON.parse(stdout) as Probed
  return { format, chapters: chapters.map(({ start_time, end_time, tags }) => [start_time, end_time, tags?.title]) }
}

type Probed = {
  format: { tags: Record<string, string> }
  chapters: { start_time: string; end_time: string; tags?: { title?: string } }[]
}
