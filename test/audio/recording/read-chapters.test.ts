import { appendFile, readFile, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { type Mp3Tags, tagArea } from '../../../src/audio/id3/tag-area.ts'
import { readChapters } from '../../../src/audio/recording/read-chapters.ts'
import { silentFrames } from '../../fixtures/mp3-frames.ts'
import { makeRecording, type RecordingKind } from '../../fixtures/recordings.ts'
import { appendCues, chunk } from '../../fixtures/wav-chunks.ts'

const { signal } = new AbortController()
const jpeg = Buffer.from('ffd8ffe000', 'hex')

const formats: [kind: RecordingKind, container: string][] = [
  ['mp3', 'mp3'],
  ['m4a', 'mov'],
  ['videoMp4', 'mov'],
  ['opus', 'ogg'],
  ['webm', 'matroska'],
]

t.test('chapters that ffmpeg wrote come back, in every format that has them', async (t) => {
  const chapters = [
    { start: 0, end: 1, title: 'Hello' },
    { start: 1, end: 2.5, title: 'Größe 🎙' },
  ]
  for (const [kind, container] of formats) {
    const source = await makeRecording(t.testdir(), { kind, chapters })
    const found = await readChapters(source, { signal, container })
    t.match(found, [
      { startSeconds: 0, endSeconds: 1, title: 'Hello' },
      { startSeconds: 1, title: 'Größe 🎙' },
    ])
    t.equal(found.length, 2, kind)
  }
})

t.test('Vorbis comments have links too', async (t) => {
  const tags = {
    CHAPTER001: '00:00:00.000',
    CHAPTER001NAME: 'One',
    CHAPTER001URL: 'http://example.com/one',
    CHAPTER002: '00:00:01.500',
    CHAPTER002NAME: 'Two',
    CHAPTER002URL: 'javascript:alert(1)',
    CHAPTER003: '00:00:02.000',
    CHAPTER004: '99:00:00.000',
    CHAPTER004NAME: 'Behind the end',
  }
  for (const kind of ['flac', 'ogg', 'opus'] as const) {
    const source = await makeRecording(t.testdir(), { kind, tags })
    const found = await readChapters(source, { signal })
    t.strictSame(
      found.map(({ startSeconds, title, url }) => [startSeconds, title, url]),
      [
        [0, 'One', 'http://example.com/one'],
        [1.5, 'Two', undefined],
        [2, undefined, undefined],
      ],
      kind,
    )
  }
})

t.test('what is written into an MP3 comes back', async (t) => {
  const chapters = [
    { startSeconds: 0, endSeconds: 1, title: 'Hello', url: undefined, image: undefined },
    {
      startSeconds: 1.25,
      endSeconds: 2,
      title: 'Größe 🎙',
      url: 'https://example.com/',
      image: { type: 'image/jpeg' as const, bytes: new Uint8Array(jpeg) },
    },
  ]
  t.strictSame(await readChapters(await makeMp3(t, { chapters }), { signal }), chapters)
})

t.test('thousands of chapters are read, nested tables of contents and all', async (t) => {
  const chapters = Array.from({ length: 2000 }, (_, index) => ({ startSeconds: index, title: `Chapter ${index}` }))
  const found = await readChapters(await makeMp3(t, { chapters }), { signal })
  t.strictSame(
    found.map(({ startSeconds, title }) => ({ startSeconds, title })),
    chapters,
  )
})

t.test('an MP3 that is cut off, or has no tag, costs no chapter too many', async (t) => {
  const source = await makeMp3(t, { chapters: [0, 1, 2].map((startSeconds) => ({ startSeconds, title: 'x' })) })
  const bytes = await readFile(source)
  await truncate(source, bytes.lastIndexOf('CHAP') + 20)
  t.equal((await readChapters(source, { signal })).length, 2)
  await writeFile(source, silentFrames(20))
  t.strictSame(await readChapters(source, { signal, container: 'mp3' }), [])
  t.strictSame(await readChapters(source, { signal }), [])
})

t.test('cue points of a WAV are chapters, with names and lengths', async (t) => {
  const cues = [
    { id: 2, sample: 44_100, label: Buffer.from('Gr\xf6\xdfe', 'latin1'), length: 22_050 },
    { id: 1, sample: 0, label: 'Hello – 1' },
    { id: 3, sample: 88_200 },
    { id: 4, sample: 66_150, length: 100, text: 'A region' },
    { id: 5, sample: 88_200, label: 'The same place' },
    { id: 6, sample: 3 * 44_100, label: 'The end' },
  ]
  for (const kind of ['wav', 'wav24bit', 'rf64'] as const) {
    const source = await makeRecording(t.testdir(), { kind })
    await appendCues(source, cues)
    const found = await readChapters(source, { signal, container: 'wav' })
    t.strictSame(
      found.map(({ startSeconds, endSeconds, title }) => [startSeconds, endSeconds, title]),
      [
        [0, undefined, 'Hello – 1'],
        [1, 1.5, 'Größe'],
        [1.5, 1.5 + 100 / 44_100, 'A region'],
        [2, undefined, 'The same place'],
      ],
      kind,
    )
  }
})

t.test('an ID3 tag inside a WAV comes before its cue points', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'wav' })
  await appendCues(source, [{ id: 1, sample: 0, label: 'Cue' }])
  await appendFile(source, chunk('id3 ', tagArea({ chapters: [{ startSeconds: 1, title: 'Tag' }] })))
  t.match(await readChapters(source, { signal }), [{ startSeconds: 1, title: 'Tag' }])
})

t.test('the decoded length, if it is told, bounds the chapters', async (t) => {
  const chapters = [
    { startSeconds: 0, endSeconds: 9, title: 'In' },
    { startSeconds: 5, title: 'Out' },
  ]
  const found = await readChapters(await makeMp3(t, { chapters, durationSeconds: 9 }), { signal, durationSeconds: 5 })
  t.match(found, [{ startSeconds: 0, endSeconds: 5, title: 'In' }])
  t.equal(found.length, 1)
})

t.test('a recording without chapters has none, nor has one that is broken', async (t) => {
  const folder = t.testdir()
  for (const kind of ['wav', 'flac', 'm4a', 'mp3', 'aiff', 'w64'] as const) {
    t.strictSame(await readChapters(await makeRecording(folder, { kind }), { signal }), [], kind)
  }
  const contents: [string, string][] = [
    ['nothing', ''],
    ['noise', '\x00\x07\x91'.repeat(1000)],
    ['a playlist', '#EXTM3U\nhttp://127.0.0.1/a.mp3\n'],
    ['a tag that lies about its length', 'ID3\x03\0\0\x7f\x7f\x7f\x7fCHAP\xff\xff\xff\xff\0\0'],
    ['an extended header that leads nowhere', 'ID3\x04\0\x40\0\0\0\x04\x7f\x7f\x7f\x7f'],
    ['chunks that lie', 'RIFF\0\0\0\0WAVEfmt \x02\0\0\0\0\0cue \xff\xff\xff\x7f\x01\0LIST\x01\0\0\0a'],
    ['more sound than there are numbers', `RF64\0\0\0\0WAVEds64\x10\0\0\0${'\xff'.repeat(16)}data\xff\xff\xff\xff`],
    ['a list without end', `RIFF\0\0\0\0WAVEcue \x04\0\0\0\x01\0\0\0LIST\x10\0\0\0adtllabl\xff\xff\xff\xff\0\0\0\0`],
  ]
  for (const [what, content] of contents) {
    const source = path.join(folder, 'broken')
    await writeFile(source, content, 'latin1')
    t.strictSame(await readChapters(source, { signal }), [], what)
  }
})

t.test('tags that were made to cost memory or time do not', async (t) => {
  const frames: [string, Buffer][] = [
    ['padding', Buffer.alloc(10)],
    ['millions of empty frames', Buffer.from('TXXX\0\0\0\0\0\0')],
    ['millions of chapters', Buffer.from('CHAP\0\0\0\x12\0\0a\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0', 'latin1')],
    ['a chapter full of frames', Buffer.from('CHAP\x02\xfa\xf0\x00\0\0TIT2\0\0\0\0\0\0', 'latin1')],
  ]
  const source = path.join(t.testdir(), 'large.mp3')
  for (const [what, frame] of frames) {
    const body = Buffer.alloc(50_000_000, frame)
    await writeFile(
      source,
      Buffer.concat([Buffer.from('ID3\x03\0\0\x17\x6b\x61\x00', 'latin1'), body, silentFrames(9)]),
    )
    const startedAt = Date.now()
    const found = await readChapters(source, { signal, container: 'mp3' })
    t.ok(Date.now() - startedAt < 120_000, `${what}: ${Date.now() - startedAt} ms`)
    t.ok(found.length <= 1, what)
  }
})

t.test('the signal ends it', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'm4a' })
  const cancel = new AbortController()
  const reading = readChapters(source, { signal: cancel.signal })
  cancel.abort(new Error('cancelled'))
  await t.rejects(reading, { message: 'cancelled' })
  await t.rejects(readChapters(source, { signal: cancel.signal }), { message: 'cancelled' })
})

async function makeMp3(t: Test, tags: Mp3Tags): Promise<string> {
  const source = path.join(t.testdir(), 'tagged.mp3')
  await writeFile(source, Buffer.concat([tagArea(tags), silentFrames(400)]))
  return source
}
