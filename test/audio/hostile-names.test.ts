import { readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { produce } from '../fixtures/produce.ts'
import { makeRecording } from '../fixtures/recordings.ts'

const names = [
  '-i --help',
  'a\nb\r\t.mp3',
  `"; rm -rf '$HOME' \`id\` & .wav`,
  'take %d %03d %s.ffconcat',
  '🎙 Größe.m3u8',
  'concat:one.mp3|two.mp3',
  'subfile,,start,0,end,100,,:a.mpd',
  'http:example.com',
  'pipe:0',
]

t.test('names of files and folders choose neither options nor protocols nor formats', async (t) => {
  for (const name of names) {
    const folder = path.join(t.testdir({ [name]: {} }), name)
    const source = path.join(folder, name)
    await rename(await makeRecording(folder, { kind: 'm4a', seconds: 0.5 }), source)
    const { durationSeconds, source: recording } = await produce(source)
    t.ok(durationSeconds > 0.4, JSON.stringify(name))
    t.equal(recording.container, 'mov', JSON.stringify(name))
    t.strictSame((await readdir(folder)).sort(), [name, 'published.mp3'].sort())
  }
})
