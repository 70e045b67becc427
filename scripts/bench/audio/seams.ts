import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { encoderGainDb } from '../../../src/audio/encode/encoder.ts'
import { pieceSamples } from '../../../src/audio/pcm/grid.ts'
import { run } from '../../sample/programs.ts'
import { type Row, type Session, withBench } from '../bench-station.ts'
import { type Passages, readPassages, signalToNoiseDb } from './passages.ts'
import { createShowWithArtwork, download, publishRecording } from './publishing.ts'

const bitrateKbps = 128

/** Twenty minutes, and 37 ms that are no whole number of frames. */
const sampleCount = 20 * 60 * 44_100 + 1637
const joins = Array.from({ length: Math.floor(sampleCount / pieceSamples) }, (_, index) => (index + 1) * pieceSamples)

/** Twenty minutes with the loudness left alone: the joins of our file beside the same passages of files encoded in one go. */
export const seamsBench = ({ studio }: Session): Promise<Row[]> =>
  withBench(async ({ start, folder }) => {
    const source = path.join(folder, 'source.wav')
    const inFolder = (name: string) => path.join(folder, name)
    await run('ffmpeg', ['-v', 'error', '-i', await studio.hour(), '-af', `atrim=end_sample=${sampleCount}`, source])
    const program = await start()
    const show = await createShowWithArtwork(program, { stereoLufs: null, monoLufs: null })
    const ours = await download(await publishRecording(program, show.id, source, 'Seams'), inFolder('ours.mp3'))
    const serial = await encodeSerially(source, inFolder('serial.mp3'), '-reservoir', '0')
    const reservoir = await encodeSerially(source, inFolder('reservoir.mp3'))
    const [original, ...copies] = await Promise.all(
      [source, ours, serial, reservoir].map((file) => readPassages(file, joins)),
    )
    return [
      seamRow(copies.map((copy) => ratios(original as Passages, copy))),
      lengthRow(copies[0]?.samples),
      { what: 'mp3val about it', measured: await validate(ours), target: 'nothing' },
    ]
  })

/** At our level, with what the encoder takes away given back: a join is compared, not another choice of the encoder's. */
async function encodeSerially(source: string, target: string, ...options: string[]): Promise<string> {
  const level = ['-af', `volume=${-encoderGainDb(bitrateKbps)}dB:precision=float`]
  const codec = ['-c:a', 'libmp3lame', '-b:a', `${bitrateKbps}k`, ...options]
  await run('ffmpeg', ['-v', 'error', '-i', source, ...level, ...codec, target])
  return target
}

const ratios = (original: Passages, copy: Passages) =>
  copy.windows.map((window, index) => signalToNoiseDb(original.windows[index] ?? new Float32Array(), window))

function seamRow([ours = [], serial = [], reservoir = []]: readonly number[][]): Row {
  const behind = ours.map((ratio, index) => ratio - (serial[index] ?? Number.NaN))
  const worst = Math.min(...behind)
  const at = behind.indexOf(worst)
  const decibels = (values: readonly number[]) => values[at]?.toFixed(2)
  return {
    what: `SNR against the source, ± 50 ms around the worst of ${ours.length} joins`,
    measured: `${decibels(ours)} dB, one serial encode has ${decibels(serial)} (with a bit reservoir ${decibels(reservoir)}): ${worst.toFixed(2)} dB`,
    target: '>= -0.3 dB',
  }
}

function lengthRow(samples = 0): Row {
  return {
    what: `length of ${sampleCount} samples after gapless trimming`,
    measured: `${samples} samples`,
    target: String(sampleCount),
  }
}

/** mp3val (mp3val.sourceforge.net) names each fault in a line of WARNING or ERROR. */
async function validate(file: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('mp3val', [file])
    const faults = stdout.split('\n').filter((line) => /^(WARNING|ERROR)/.test(line))
    return faults.length === 0 ? 'nothing' : faults.map((line) => line.replaceAll(file, 'ours.mp3')).join(' ')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'not asked: it is not on this machine'
    throw error
  }
}
