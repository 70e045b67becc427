import { readFile } from 'node:fs/promises'
import t from 'tap'
import { inspectMp3 } from '../../src/audio/mp3/inspect-mp3.ts'
import { produce } from '../fixtures/produce.ts'
import { makeRecording } from '../fixtures/recordings.ts'

const { signal } = new AbortController()
/** A 440 Hz tone as ffmpeg makes it has −21.8 LUFS in one channel. */
const toneLufs = -21.8
const tone = { targetLufs: toneLufs, bitrateKbps: 128 }

async function framesOf(file: string): Promise<Buffer> {
  const mp3 = await inspectMp3(file, { signal })
  if (!mp3) throw new Error('no MP3')
  return (await readFile(file)).subarray(mp3.start + (mp3.tagFrame?.bytes.length ?? 0), mp3.end)
}

t.test('an MP3 that is as it should be keeps its frames bit for bit, under new tags', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'mp3', seconds: 8, tags: { title: 'Old' } })
  const made = await produce(source, { mono: tone, describe: async () => ({ title: 'New', chapters: [] }) })
  t.match(made, { isKept: true, bitrateKbps: 128, channels: 1, targetLufs: toneLufs, warnings: [] })
  t.match(made.level, { gainDb: 0, limitedDb: 0 })
  t.equal(made.durationSeconds, 8)
  t.ok((await framesOf(made.path)).equals(await framesOf(source)))
  t.notOk((await readFile(made.path)).includes('Old'))
})

const others: [what: string, form: Partial<typeof tone>][] = [
  ['too quiet', { targetLufs: toneLufs + 1.5 }],
  ['too loud', { targetLufs: toneLufs - 1.5 }],
  ['much larger than it need be', { bitrateKbps: 64 }],
  ['poorer than it should be', { bitrateKbps: 160 }],
]
for (const [what, form] of others) {
  t.test(`an MP3 that is ${what} is encoded, unless it is to be kept`, async (t) => {
    const source = await makeRecording(t.testdir(), { kind: 'mp3', seconds: 4 })
    const mono = { ...tone, ...form }
    t.match(await produce(source, { mono }), { isKept: false })
    t.match(await produce(source, { mono, keepAudio: true }), { isKept: true, targetLufs: undefined, warnings: [] })
  })
}

t.test('what is no MP3 cannot be kept: it is encoded, and that is said', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'm4a', seconds: 4 })
  t.match(await produce(source, { keepAudio: true }), { isKept: false, warnings: [/could not be kept/] })
})
