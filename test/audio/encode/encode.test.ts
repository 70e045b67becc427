import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { measureRecording } from '../../../src/audio/measure-recording.ts'
import { produce } from '../../fixtures/produce.ts'
import { makeRecording } from '../../fixtures/recordings.ts'

const { signal } = new AbortController()

t.test(
  'the same bytes at any number of threads, exact to the sample, and no peak of the result above the limit',
  async (t) => {
    const folder = t.testdir()
    const seconds = 610
    const source = await makeRecording(folder, { kind: 'wav', sound: 'bursts', seconds, channels: 1 })
    const made = await Promise.all(
      [1, 3].map(async (threads) => {
        const own = path.join(folder, String(threads))
        await mkdir(own)
        return produce(source, { folder: own, threads, mono: { bitrateKbps: 64, targetLufs: -16 } })
      }),
    )
    const [one, three] = made as [(typeof made)[0], (typeof made)[0]]
    t.equal(one.sha256, three.sha256)
    t.equal(one.durationSeconds, seconds)
    t.ok(one.level.limitedDb > 1 && one.level.limitedDb <= 9, `${one.level.limitedDb} dB`)
    const { lufs, peakDbtp } = await measureRecording(one.path, { folder, longestSeconds: 3600, signal })
    t.ok(Math.abs(lufs + 16 + one.level.shortfallLu) <= 0.3, `${lufs} LUFS, ${one.level.shortfallLu} LU short`)
    t.ok(peakDbtp <= -1, `${peakDbtp} dBTP`)
  },
)

t.test('with its loudness left alone, a recording comes back as loud as it was, at every bit rate', async (t) => {
  const folder = t.testdir()
  const source = await makeRecording(folder, { kind: 'wav', seconds: 4, channels: 2 })
  for (const bitrateKbps of [64, 128, 160, 192, 224, 256, 320]) {
    const { path: file, sourceLufs } = await produce(source, { stereo: { bitrateKbps, targetLufs: undefined } })
    const { lufs } = await measureRecording(file, { folder, longestSeconds: 60, signal })
    t.ok(Math.abs(lufs - sourceLufs) < 0.05, `${bitrateKbps} kb/s: ${(lufs - sourceLufs).toFixed(3)} LU`)
  }
})
