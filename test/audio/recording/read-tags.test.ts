import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { readTags } from '../../../src/audio/recording/read-tags.ts'
import { silentFrames } from '../../fixtures/mp3-frames.ts'
import { makeRecording } from '../../fixtures/recordings.ts'

const { signal } = new AbortController()

t.test('tags and cover are read by the content, not by the name', async (t) => {
  const tags = { title: 'Title', artist: 'Artist', album: 'Album', date: '2026', comment: 'Comment' }
  const expected = { title: 'Title', artist: 'Artist', album: 'Album', year: 2026, comment: 'Comment' }
  for (const kind of ['m4a', 'flac', 'mp3'] as const) {
    const source = await makeRecording(t.testdir(), { kind, tags, cover: 'jpg', filename: 'recording.wav' })
    const { cover, ...texts } = await readTags(source, { signal })
    // ffmpeg writes an MP3's comment as TXXX, not as COMM.
    t.strictSame(texts, kind === 'mp3' ? { ...expected, comment: undefined } : expected, kind)
    t.equal(cover?.type, 'image/jpeg', kind)
    t.ok((cover?.bytes.length ?? 0) > 100, kind)
  }
})

t.test('an ID3v2.2 tag is read too, and one that says nothing is not the last word', async (t) => {
  const source = path.join(t.testdir(), 'recording')
  const old = Buffer.from('ID3\x02\0\0\0\0\0\x0cTT2\0\0\x06\0Title', 'latin1')
  await writeFile(source, [old, silentFrames(20)])
  t.match(await readTags(source, { signal }), { title: 'Title' })
  const empty = Buffer.from('ID3\x03\0\0\0\0\0\x0a', 'latin1')
  const end = Buffer.alloc(128)
  end.write('TAGAn older title', 'latin1')
  await writeFile(source, [empty, Buffer.alloc(10), silentFrames(20), end])
  t.match(await readTags(source, { signal }), { title: 'An older title' })
})

t.test('text is cleaned and bounded', async (t) => {
  const tags = { title: '  <b>A\u0007\nB</b>  ', artist: '🎙'.repeat(2000), album: '\u0001 ' }
  const source = await makeRecording(t.testdir(), { kind: 'flac', tags })
  const found = await readTags(source, { signal })
  t.equal(found.title, '<b>A B</b>')
  t.equal(Array.from(found.artist ?? '').length, 1000)
  t.equal(found.album, undefined)
})

t.test('a file whose tags cannot be parsed has none', async (t) => {
  const folder = t.testdir()
  for (const content of ['', 'nothing', 'ID3\x03\0\0\x7f\x7f\x7f\x7f', 'fLaC\0\0\0\0']) {
    const source = path.join(folder, 'broken.mp3')
    await writeFile(source, content, 'latin1')
    t.strictSame(JSON.stringify(await readTags(source, { signal })), '{}', JSON.stringify(content))
  }
})
