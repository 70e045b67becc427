import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { makeAac } from '../../src/audio/make-aac.ts'
import { measureRecording } from '../../src/audio/measure-recording.ts'
import { probeFile } from '../fixtures/probe-m4a.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { wavFile } from '../fixtures/wav-file.ts'

const { signal } = new AbortController()
const longestSeconds = 3600

async function make(recording: string, form: { bitrateKbps: number; targetLufs?: number }, name = 'work') {
  const folder = path.join(path.dirname(recording), name)
  await mkdir(folder)
  return makeAac(recording, { folder, longestSeconds, signal, form: { targetLufs: undefined, ...form } })
}

t.test('a recording becomes AAC as loud as its show asks, as long as it was, with no peak above -1 dBTP', async (t) => {
  const folder = t.testdir()
  const recording = await makeRecording(folder, { kind: 'wav', sound: 'bursts', seconds: 15.5, channels: 2 })
  const made = await make(recording, { bitrateKbps: 64, targetLufs: -16 })
  t.match(made, { channels: 2, sampleRateHz: 44_100, durationSeconds: 15.5 })
  t.ok(made.level.limitedDb > 0, 'the limiter was needed')
  const heard = await measureRecording(made.path, { folder, longestSeconds, signal })
  t.ok(Math.abs(heard.lufs - (-16 - made.level.shortfallLu)) <= 0.3, `${heard.lufs} LUFS`)
  t.ok(heard.peakDbtp <= -1, `${heard.peakDbtp} dBTP`)
  t.ok(Math.abs(heard.lufs - made.lufs) < 0.05 && Math.abs(heard.peakDbtp - made.peakDbtp) < 0.05)
  const { streams, format } = await probeFile(made.path)
  t.match(streams, [{ codec_name: 'aac', profile: 'LC', channels: 2, sample_rate: '44100', start_pts: 0 }])
  t.equal(streams[0]?.duration_ts, 15.5 * 44_100, 'to the sample, by its edit list')
  t.match(format.format_name, 'm4a')
})

t.test('what it sounds like stays where it was in time', async (t) => {
  const folder = t.testdir()
  const recording = await makeRecording(folder, { kind: 'wav', sound: 'bursts', seconds: 8 })
  const made = await make(recording, { bitrateKbps: 96 })
  const [before, after] = await Promise.all(
    [recording, made.path].map((file, index) => outline(file, path.join(folder, `heard-${index}`))),
  )
  t.ok(correlation(before, after) > 0.98, `${correlation(before, after)}`)
})

t.test('the same recording gives the same bytes; without a target its level stays as it is', async (t) => {
  const folder = t.testdir()
  const recording = await makeRecording(folder, { kind: 'flac', sound: 'noise', seconds: 2, sampleRateHz: 48_000 })
  const [one, other] = [
    await make(recording, { bitrateKbps: 32 }, 'one'),
    await make(recording, { bitrateKbps: 32 }, 'two'),
  ]
  t.equal(await hashOf(one.path), await hashOf(other.path))
  t.match(one, { channels: 1, level: { gainDb: 0, limitedDb: 0 } })
})

t.test('what a low bit rate does to harsh sounds stays below -1 dBTP too', async (t) => {
  const samples = Float32Array.from({ length: 44_100 }, (_, index) => (index % 18 < 9 ? 0.5 : -0.5))
  const recording = path.join(t.testdir(), 'square.wav')
  await writeFile(recording, wavFile({ format: 3, bits: 32 }, new Uint8Array(samples.buffer)))
  const made = await make(recording, { bitrateKbps: 32, targetLufs: -1 })
  t.ok(made.peakDbtp <= -1, `${made.peakDbtp} dBTP`)
  t.ok(made.level.limitedDb > 8, 'the limiter alone was not enough')
})

t.test('silence is encoded as it is', async (t) => {
  const folder = t.testdir()
  const recording = await makeRecording(folder, { kind: 'wav', sound: 'silence', seconds: 1 })
  const made = await make(recording, { bitrateKbps: 64, targetLufs: -19 })
  t.match(made, { lufs: Number.NEGATIVE_INFINITY, level: { gainDb: 0, limitedDb: 0 } })
})

t.test('a job that is stopped ends at once', async (t) => {
  const folder = t.testdir()
  const recording = await makeRecording(folder, { kind: 'wav', seconds: 1 })
  const stopped = AbortSignal.abort(new Error('the worker stops'))
  const form = { bitrateKbps: 64, targetLufs: undefined }
  await t.rejects(makeAac(recording, { folder, longestSeconds, form, signal: stopped }), {
    message: 'the worker stops',
  })
})

/** Lowest and highest of every 49 ms or so. */
async function outline(file: string, folder: string): Promise<number[]> {
  await mkdir(folder)
  return (await measureRecording(file, { folder, longestSeconds, signal })).waveform
}

function correlation(one: readonly number[] = [], other: readonly number[] = []): number {
  const length = Math.min(one.length, other.length)
  const sum = (value: (index: number) => number) => Array.from({ length }, (_, i) => value(i)).reduce((a, b) => a + b)
  const product = sum((i) => (one[i] ?? 0) * (other[i] ?? 0))
  return product / Math.sqrt(sum((i) => (one[i] ?? 0) ** 2) * sum((i) => (other[i] ?? 0) ** 2))
}

const hashOf = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
