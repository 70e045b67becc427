import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { type End, endsAs } from '../fixtures/ends-as.ts'
import { decodePcm } from '../fixtures/pcm.ts'
import { produce } from '../fixtures/produce.ts'
import { tone, wavFile } from '../fixtures/wav-file.ts'

const rateHz = 44_100
const cutOff = /ends after 0:03, but its header promises .*: it was cut off/
const unreadable = /not a recording that can be read/
const noForm = /in a form that cannot be decoded/
const noSound = /no sound in this recording that could be decoded/
const tooLong = /longer than 24 hours\. Upload it in parts/

t.test('a WAV whose header lies ends as audio or with a reason', async (t) => {
  const samples = Buffer.from(Int16Array.from(tone(3), (value) => value * 8000).buffer)
  const cases: [what: string, header: Parameters<typeof wavFile>[0], end: End][] = [
    ['ten times as long', { dataBytes: samples.length * 10 }, cutOff],
    ['a third as long', { dataBytes: samples.length / 3 }, 1],
    ['no length', { dataBytes: 0 }, 3],
    ['nearly 2 GiB, as some write who do not know', { dataBytes: 0x7fff_f000 }, 3],
    ['blocks of half a sample', { blockBytes: 1 }, cutOff],
    ['blocks of one and a half samples', { blockBytes: 3 }, 3],
    ['blocks of nothing', { blockBytes: 0 }, 3],
    ['blocks of 64 KiB', { blockBytes: 65_535 }, 3],
    ['0 Hz', { sampleRateHz: 0 }, unreadable],
    ['1 Hz', { sampleRateHz: 1 }, tooLong],
    ['2 GHz', { sampleRateHz: 2_000_000_000 }, noSound],
    ['4 GHz', { sampleRateHz: 4_000_000_000 }, unreadable],
    ['no channel', { channels: 0 }, unreadable],
    ['9 channels', { channels: 9 }, /has 9 channels, at most 8/],
    ['65,535 channels', { channels: 65_535 }, unreadable],
    ['0 bits', { bits: 0, blockBytes: 2 }, noForm],
    ['65,535 bits', { bits: 65_535, blockBytes: 2 }, noForm],
    ['a form that nobody knows', { format: 0x9999 }, noForm],
  ]
  for (const [what, header, end] of cases) await endsAs(t, what, wavFile(header, samples), end)
})

/** So many times full scale, as floats. */
const floats = (times: number) => tone(3).map((value) => value * times)

const floatFile = (samples: Float32Array, sampleRateHz: number) =>
  wavFile({ format: 3, bits: 32, sampleRateHz }, Buffer.from(samples.buffer))

t.test('float samples that are no numbers here and there, or above full scale, do no harm', async (t) => {
  const bad = tone(3)
  for (let index = 1000; index < 9000; index += 7) bad[index] = [Number.NaN, Infinity, -Infinity][index % 3] as number
  const cases: [what: string, samples: Float32Array, sourceLufs: number][] = [
    ['some are no numbers', bad, -3.7],
    ['peaks of +12 dBFS', floats(4), 8.3],
    ['peaks of +39 dBFS', floats(90), 35.3],
    ['smaller than processors like', new Float32Array(rateHz).fill(1e-42), Number.NEGATIVE_INFINITY],
  ]
  for (const sampleRateHz of [rateHz, 48_000]) {
    for (const [what, samples, sourceLufs] of cases) {
      const seconds = samples.length / sampleRateHz
      const wav = floatFile(samples, sampleRateHz)
      const produced = await endsAs(t, `${what}, ${sampleRateHz} Hz`, wav, seconds, 1 / rateHz)
      const isClose = produced?.sourceLufs === sourceLufs || Math.abs((produced?.sourceLufs ?? 0) - sourceLufs) < 2
      t.ok(isClose, `${what}: ${produced?.sourceLufs} LUFS`)
      t.ok(Number.isFinite(produced?.level.gainDb) && Number.isFinite(produced?.level.shortfallLu))
    }
  }
})

t.test(
  'a field recorder turned up far too high: what is 12 dB above full scale comes out as if it had not been',
  async (t) => {
    const folder = t.testdir({ proper: {}, hot: {} })
    const proper = await produceFloats(path.join(folder, 'proper'), 0.25)
    const hot = await produceFloats(path.join(folder, 'hot'), 4)
    t.match(hot, { level: { limitedDb: 0, shortfallLu: 0 } })
    t.ok(Math.abs(hot.level.gainDb - proper.level.gainDb + fourAsSixteenth) < 0.02, `${hot.level.gainDb} dB`)
    t.ok(furthest(hot.waveform, proper.waveform) <= 1, 'its picture')
    const [heard, expected] = [await decodePcm(hot.path), await decodePcm(proper.path)]
    t.equal(heard.length, expected.length)
    t.ok(furthest(heard, expected) <= 8, `${furthest(heard, expected)} of 32,768`)
  },
)

/** dB between a quarter of full scale and four times as much. */
const fourAsSixteenth = 20 * Math.log10(16)

async function produceFloats(folder: string, times: number) {
  const source = path.join(folder, 'source.wav')
  await writeFile(source, floatFile(floats(times), rateHz))
  return produce(source, { mono: { bitrateKbps: 96, targetLufs: -19 } })
}

const furthest = (found: ArrayLike<number>, expected: ArrayLike<number>) =>
  Array.from(found).reduce((most, value, index) => Math.max(most, Math.abs(value - (expected[index] ?? 0))), 0)

t.test('floats on the scale of whole numbers, and those that are no sound, are refused with what to do', async (t) => {
  const brokenOff = tone(3).fill(Number.NaN, rateHz)
  const cases: [what: string, samples: Float32Array, end: RegExp][] = [
    [
      '16 bit that were never divided',
      floats(32_768),
      /are 3\d,\d\d\d times too loud \(floats must lie between -1 and 1\)/,
    ],
    ['24 bit', floats(2 ** 23), /are millions of times too loud .* export it again as 16 or 24 bit/],
    ['one of them', floats(1).fill(32_768, 500, 501), /times too loud/],
    ['two seconds without a number', brokenOff, /Much of this recording is no sound/],
    ['none is a number', new Float32Array(500).fill(Number.NaN), /Much of this recording is no sound/],
    ['all are infinite', new Float32Array(rateHz).fill(-Infinity), /Much of this recording is no sound/],
  ]
  for (const sampleRateHz of [rateHz, 48_000]) {
    for (const [what, samples, end] of cases) {
      await endsAs(t, `${what}, ${sampleRateHz} Hz`, floatFile(samples, sampleRateHz), end)
    }
  }
})
