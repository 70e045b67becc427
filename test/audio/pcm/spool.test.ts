import { readdir } from 'node:fs/promises'
import t from 'tap'
import { openPcm, type Pcm } from '../../../src/audio/pcm/pcm.ts'
import { spoolPcm } from '../../../src/audio/pcm/spool.ts'
import { probeRecording } from '../../../src/audio/recording/probe.ts'
import { makeRecording, type RecordingKind } from '../../fixtures/recordings.ts'

const { signal } = new AbortController()

async function spool(folder: string, source: string, longestSeconds = 60): Promise<Pcm> {
  const recording = await probeRecording(source, { signal })
  return spoolPcm(source, recording, { folder, longestSeconds, signal, onProgress: () => {} })
}

function samplesOf(pcm: Pcm): Float32Array {
  const reader = openPcm(pcm)
  const samples = reader.read(-3, pcm.samples + 3).slice()
  reader.close()
  return samples
}

t.test('a WAV at our rate is read where it is, and gives what decoding would', async (t) => {
  const folder = t.testdir({ work: {} })
  const whole = await makeRecording(folder, { kind: 'flac', seconds: 1, channels: 2 })
  const decoded = await spool(`${folder}/work`, whole)
  t.match(decoded, { encoding: 'f32le', channels: 2, samples: 44_100 })
  const expected = samplesOf(decoded)
  const kinds: [RecordingKind, Pcm['encoding']][] = [
    ['wav', 's16le'],
    ['wav24bit', 's24le'],
    ['wavFloat', 'f32le'],
    ['rf64', 's16le'],
  ]
  for (const [kind, encoding] of kinds) {
    const source = await makeRecording(folder, { kind, seconds: 1, channels: 2 })
    const pcm = await spool(folder, source)
    t.match(pcm, { path: source, encoding, samples: 44_100 }, kind)
    const samples = samplesOf(pcm)
    const difference = samples.reduce(
      (most, sample, i) => Math.max(most, Math.abs(sample - (expected[i] as number))),
      0,
    )
    t.ok(difference < 2 / 32_768, `${kind}: ${difference}`)
  }
  t.same([...expected.slice(0, 6)], [0, 0, 0, 0, 0, 0], 'before the beginning it is silent')
})

t.test('all else is decoded once: at our rate, in one or two channels', async (t) => {
  const folder = t.testdir()
  for (const [sampleRateHz, channels] of [
    [48_000, 2],
    [8000, 1],
    [44_100, 6],
  ] as const) {
    const pcm = await spool(folder, await makeRecording(folder, { kind: 'wav', seconds: 1, sampleRateHz, channels }))
    t.match(pcm, { encoding: 'f32le', channels: channels === 1 ? 1 : 2 })
    t.ok(Math.abs(pcm.samples - 44_100) <= 32, `${sampleRateHz} Hz: ${pcm.samples}`)
  }
})

t.test('what is too long is refused, whether its header says so or not', async (t) => {
  const folder = t.testdir({ work: {} })
  const said = await makeRecording(folder, { kind: 'flac', seconds: 4 })
  const unsaid = await makeRecording(folder, { kind: 'aac', seconds: 4 })
  for (const source of [said, unsaid]) {
    await t.rejects(spool(`${folder}/work`, source, 2), { code: 'invalid', message: /longer than/ })
  }
  t.ok((await readdir(`${folder}/work`)).every((name) => name === 'spool.f32'))
})
