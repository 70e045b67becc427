import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import t from 'tap'
import { frame, textFrame } from '../../src/audio/id3/frames.ts'
import { readTags } from '../../src/audio/recording/read-tags.ts'
import { silentFrames } from '../fixtures/mp3-frames.ts'
import { produce } from '../fixtures/produce.ts'
import { chunk } from '../fixtures/wav-chunks.ts'
import { wavFile } from '../fixtures/wav-file.ts'

const { signal } = new AbortController()
const tagBytes = 50 * 1024 ** 2
const wav = wavFile({}, Buffer.alloc(44_100))

const timesAndOffsets = Buffer.alloc(16)
const chapter = frame('CHAP', Buffer.from('ch\0'), timesAndOffsets, textFrame('TIT2', 'x'))
const picture = frame('APIC', Buffer.from('\0image/jpeg\0\x03\0\xff\xd8\xff\xe0', 'latin1'), Buffer.alloc(tagBytes))

t.test('an ID3 tag of 50 MB takes a moment, and its title is read', async (t) => {
  const contents: [what: string, content: Buffer][] = [
    ['padding', Buffer.alloc(tagBytes)],
    ['millions of frames', Buffer.alloc(tagBytes, frame('TXXX', Buffer.from('\0a\0b')))],
    ['one picture', picture],
    ['chapters', Buffer.alloc(tagBytes, chapter)],
    ['frames without a header', Buffer.alloc(tagBytes, 0x41)],
  ]
  for (const [what, content] of contents) {
    const source = path.join(t.testdir(), 'source')
    await writeFile(source, [
      id3Header(content.length + 21),
      textFrame('TIT2', 'The title!'),
      content,
      silentFrames(40),
    ])
    const startedAt = Date.now()
    const { recorded, source: recording } = await produce(source)
    // Minutes, where a tag of that kind is read frame by frame; a busy machine may need many seconds.
    t.ok(Date.now() - startedAt < 120_000, `${what}: ${Date.now() - startedAt} ms`)
    t.match(recorded.tags, { title: 'The title!', cover: undefined }, what)
    t.ok(Math.abs(recorded.durationSeconds - (40 * 1152) / 44_100) < 0.03, `${what}: ${recorded.durationSeconds} s`)
    t.equal(recording.skipBytes, 10 + 21 + content.length, what)
  }
})

t.test('two thousand tags in front of an MP3 are as good as one', async (t) => {
  const source = path.join(t.testdir(), 'source')
  const tag = Buffer.concat([id3Header(21), textFrame('TIT2', 'The title!')])
  await writeFile(source, [Buffer.alloc(2000 * tag.length, tag), silentFrames(40)])
  t.match((await produce(source)).recorded.tags, { title: 'The title!' })
})

t.test('other tags than ID3 have five seconds, and hold nobody up', async (t) => {
  const folder = t.testdir()
  const size = 20 * 1024 ** 2
  const floods: [name: string, content: Buffer][] = [
    [
      'list.wav',
      Buffer.concat([wav, chunk('LIST', Buffer.from('INFO'), Buffer.alloc(size, chunk('ICMT', Buffer.from('abc\0'))))]),
    ],
    ['chunks.wav', Buffer.concat([wav, Buffer.alloc(size, chunk('junk', Buffer.from('ab')))])],
    ['id3.wav', Buffer.concat([wav, chunk('id3 ', id3Header(size), Buffer.alloc(size))])],
    [
      'boxes.m4a',
      Buffer.concat([box('ftyp', Buffer.from('M4A \0\0\0\0')), box('moov', Buffer.alloc(size, box('free')))]),
    ],
  ]
  await Promise.all(floods.map(([name, content]) => writeFile(path.join(folder, name), content)))
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const startedAt = Date.now()
  const found = await Promise.all(floods.map(([name]) => readTags(path.join(folder, name), { signal })))
  const seconds = (Date.now() - startedAt) / 1000
  delay.disable()
  t.ok(seconds < 120, `${seconds} s`)
  t.ok(delay.max < 15e9, `nobody waited longer than ${Math.round(delay.max / 1e6)} ms`)
  t.same(JSON.stringify(found), '[{},{},{},{}]')
})

t.test('reading tags ends with the job', async (t) => {
  const source = path.join(t.testdir(), 'source')
  await writeFile(source, wav)
  const stopped = AbortSignal.abort(new Error('cancelled'))
  await t.rejects(readTags(source, { signal: stopped }), { message: 'cancelled' })
})

t.test('control characters, markup and half characters in tags and chapters become one clean line', async (t) => {
  const source = path.join(t.testdir(), 'source')
  const dirty = 'A\u0000\u0007B\r\n<script>alert(1)</script>\u2028&amp;\u202e"\ud800'
  const times = Buffer.alloc(16)
  const frames = [
    frame('TIT2', utf16(dirty)),
    frame('TPE1', utf16('\u001b[31m\u0085')),
    frame(
      'CHAP',
      Buffer.from('<b>\0'),
      times,
      frame('TIT2', utf16(dirty.slice(2))),
      frame('WXXX', Buffer.from('\0\0javascript:alert(1)')),
    ),
  ]
  const body = Buffer.concat(frames)
  await writeFile(source, [id3Header(body.length), body, silentFrames(40)])
  const { recorded } = await produce(source)
  // What stands behind a zero is another text (ID3v2.4) or nothing (ID3v2.3).
  t.match(recorded.tags, { title: 'A', artist: '[31m' })
  t.match(recorded.chapters, [{ title: 'B <script>alert(1)</script> &amp;\u202e"', url: undefined }])
})

/** ID3v2.3 §3.1: the size in four bytes of seven bits. */
function id3Header(size: number): Buffer {
  return Buffer.from([0x49, 0x44, 0x33, 3, 0, 0, ...[21, 14, 7, 0].map((shift) => (size >>> shift) & 127)])
}

function box(name: string, content = Buffer.alloc(0)): Buffer {
  const header = Buffer.from(`\0\0\0\0${name}`)
  header.writeUInt32BE(8 + content.length)
  return Buffer.concat([header, content])
}

function utf16(text: string): Buffer {
  return Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, 'utf16le')])
}
