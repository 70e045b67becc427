import { readFile } from 'node:fs/promises'
import t from 'tap'
import { addCues } from '../../scripts/bench/audio/cue-chunk.ts'
import { readPassages, signalToNoiseDb } from '../../scripts/bench/audio/passages.ts'
import { eachOf } from '../../scripts/bench/audio/workshop.ts'
import { readWavHeader } from '../../src/audio/recording/wav-header.ts'
import { makeRecording } from '../fixtures/recordings.ts'

t.test('a copy that is only louder has no noise; one with an error of a tenth has 20 dB', async (t) => {
  const original = Float32Array.from({ length: 1000 }, (_, index) => Math.sin(index / 10))
  const error = Float32Array.from(original, (sample, index) => sample + 0.1 * Math.cos(index / 10))
  t.ok(
    signalToNoiseDb(
      original,
      original.map((sample) => 0.5 * sample),
    ) > 120,
  )
  t.ok(Math.abs(signalToNoiseDb(original, error) - 20) < 0.1)
})

t.test('passages are cut to the sample, and the file is counted to its end', async (t) => {
  const file = await makeRecording(t.testdir(), { kind: 'wav', sound: 'noise', channels: 2, seconds: 3 })
  const { samples, windows } = await readPassages(file, [44_100, 100_001])
  t.equal(samples, 3 * 44_100)
  t.same(
    windows.map((window) => window.length),
    [8820, 8820],
  )
  const pcm = (await readFile(file)).subarray(-samples * 4)
  t.equal(windows[1]?.[1], pcm.readInt16LE((100_001 - 2205) * 4 + 2) / 32_768)
})

t.test('a WAV with cues is as long as before, and says so', async (t) => {
  const file = await makeRecording(t.testdir(), { kind: 'wav', channels: 2, seconds: 2 })
  const header = await readWavHeader(file)
  await addCues(file, [
    { atSeconds: 0, title: 'First' },
    { atSeconds: 1, title: 'Second one' },
  ])
  const bytes = await readFile(file)
  t.equal(bytes.readUInt32LE(4), bytes.length - 8)
  t.same(await readWavHeader(file), header)
  t.equal((await readPassages(file, [44_100])).samples, 2 * 44_100)
})

t.test('results stand in the order of the items, whatever takes longest', async (t) => {
  const waits = [30, 1, 20, 2, 10]
  const results = await eachOf(waits, async (wait) => {
    await new Promise((resolve) => setTimeout(resolve, wait))
    return wait
  })
  t.same(results, waits)
})
