import t from 'tap'
import { type End, endsAs } from '../fixtures/ends-as.ts'
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

t.test('float samples that are no sound, or far too loud, do no harm', async (t) => {
  const bad = tone(3)
  for (let index = 1000; index < 9000; index += 7) bad[index] = [Number.NaN, Infinity, -Infinity][index % 3] as number
  const cases: [what: string, samples: Float32Array, sourceLufs: number][] = [
    ['some are no numbers', bad, -3.7],
    ['none is a number', new Float32Array(rateHz).fill(Number.NaN), Number.NEGATIVE_INFINITY],
    ['peaks of +20 dBFS', tone(3).map((value) => value * 10), 16.3],
    ['smaller than processors like', new Float32Array(rateHz).fill(1e-42), Number.NEGATIVE_INFINITY],
  ]
  for (const sampleRateHz of [rateHz, 48_000]) {
    for (const [what, samples, sourceLufs] of cases) {
      const wav = wavFile({ format: 3, bits: 32, sampleRateHz }, Buffer.from(samples.buffer))
      const seconds = samples.length / sampleRateHz
      const produced = await endsAs(t, `${what}, ${sampleRateHz} Hz`, wav, seconds, 1 / rateHz)
      const isClose = produced?.sourceLufs === sourceLufs || Math.abs((produced?.sourceLufs ?? 0) - sourceLufs) < 2
      t.ok(isClose, `${what}: ${produced?.sourceLufs} LUFS`)
      t.ok(Number.isFinite(produced?.level.gainDb) && Number.isFinite(produced?.level.shortfallLu))
    }
  }
})
