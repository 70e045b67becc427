import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { type End, endsAs } from '../fixtures/ends-as.ts'
import { produce } from '../fixtures/produce.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { tone, wavFile, writeSparseWav } from '../fixtures/wav-file.ts'

const rateHz = 44_100
const cutOff = /ends after 0:03, but its header promises .*: it was cut off/
const unreadable = /not a recording that can be read/
const noSound = /no sound in this recording that could be decoded/
const tooLong = /longer than 24 hours\. Upload it in parts/

t.test('hardly any sound is sound, and half a sample is none', async (t) => {
  const samples = (count: number) => Buffer.from(Int16Array.from(tone(1), (value) => value * 8000).buffer, 0, count * 2)
  const cases: [what: string, samples: Buffer, end: End, isMeasured: boolean][] = [
    ['half a sample', samples(1).subarray(1), noSound, false],
    ['one sample', samples(1), 1 / rateHz, false],
    ['399 ms', samples(17_595), 17_595 / rateHz, false],
    ['401 ms', samples(17_685), 17_685 / rateHz, true],
    ['silence', Buffer.alloc(rateHz * 2), 1, false],
  ]
  for (const [what, content, end, isMeasured] of cases) {
    const produced = await endsAs(t, what, wavFile({}, content), end)
    if (produced) t.equal(Number.isFinite(produced.sourceLufs), isMeasured, what)
  }
})

t.test('30 hours are refused before they are decoded, whatever the header says', async (t) => {
  const folder = t.testdir()
  const hours30 = 30 * 3600
  const says = path.join(folder, 'says.wav')
  await writeSparseWav(says, hours30, { sampleRateHz: 8000, bits: 8 })
  const saysNothing = path.join(folder, 'says nothing.wav')
  await writeSparseWav(saysNothing, hours30, { sampleRateHz: 8000, bits: 8, dataBytes: 0 })
  const flac = await makeRecording(folder, { kind: 'flac', sound: 'silence', seconds: hours30, sampleRateHz: 1000 })
  const lying = path.join(folder, 'lying.flac')
  const bytes = await readFile(flac)
  // STREAMINFO (RFC 9639 §8.2): the low 32 bits of the number of samples.
  bytes.writeUInt32BE(1000, 22)
  await writeFile(lying, bytes)
  for (const source of [says, saysNothing, flac, lying]) {
    const startedAt = Date.now()
    await t.rejects(produce(source), { code: 'invalid', message: tooLong }, path.basename(source))
    t.ok(Date.now() - startedAt < 120_000, `${path.basename(source)}: ${Date.now() - startedAt} ms`)
  }
})

t.test('an MP3 whose header lies, or is behind junk, ends as audio or with a reason', async (t) => {
  const mp3 = await readFile(await makeRecording(t.testdir(), { kind: 'mp3' }))
  const says = (frames: number, bytes: number) => {
    const lie = Buffer.from(mp3)
    const tag = lie.indexOf('Info')
    lie.writeUInt32BE(frames, tag + 8)
    lie.writeUInt32BE(bytes, tag + 12)
    return lie
  }
  const cases: [what: string, content: Buffer, end: End][] = [
    ['7 hours in its frames', says(1_000_000, 1000), 3],
    ['31,165 hours in all', says(0xffff_ffff, 0xffff_ffff), cutOff],
    ['a tenth of a second', says(5, 2000), 3],
    ['nothing', says(0, 0), 3],
    ['junk of 3 MB', Buffer.concat([Buffer.alloc(3_000_000, 'junk\0'), mp3]), 3],
    ['a piece of an MP3, junk, and the rest', Buffer.concat([mp3, Buffer.alloc(30_000), mp3]), 6],
    ['an Info frame only', mp3.subarray(mp3.indexOf('Info') - 36, mp3.indexOf('Info') + 381), unreadable],
    ['headers of no bit rate', Buffer.alloc(100_000, 'fffb00c4', 'hex'), unreadable],
  ]
  for (const [what, content, end] of cases) await endsAs(t, what, content, end, 0.06)
})
