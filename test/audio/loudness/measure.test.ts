import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { findBinaries } from '../../../src/audio/ffmpeg/binaries.ts'
import { measurePcm } from '../../../src/audio/loudness/measure.ts'
import { sampleRateHz } from '../../../src/audio/pcm/grid.ts'
import { type Pcm, sampleBytes } from '../../../src/audio/pcm/pcm.ts'

const { signal } = new AbortController()
const quietly = { signal, onProgress: () => {} }

/** What ffmpeg's `lavfi` makes, as a file of floats, and what its `ebur128` says of it. */
async function makeSound(t: Test, graph: string, channels: 1 | 2) {
  const { ffmpeg } = await findBinaries()
  const file = path.join(t.testdir(), 'sound.f32')
  const source = ['-f', 'lavfi', '-i', graph, '-ac', String(channels), '-ar', String(sampleRateHz)]
  await promisify(execFile)(ffmpeg, ['-v', 'error', ...source, '-f', 'f32le', file])
  const form = ['-f', 'f32le', '-ac', String(channels), '-ar', String(sampleRateHz), '-i', file]
  const { stderr } = await promisify(execFile)(ffmpeg, [
    '-hide_banner',
    ...form,
    '-af',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ])
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'))
  const samples = (await stat(file)).size / sampleBytes.f32le / channels
  const pcm: Pcm = { path: file, offset: 0, encoding: 'f32le', channels, samples }
  return {
    pcm,
    lufs: Number(/I:\s+(\S+) LUFS/.exec(summary)?.[1]),
    peakDbtp: Number(/Peak:\s+(\S+) dBFS/.exec(summary)?.[1]),
  }
}

const sounds: [what: string, graph: string, channels: 1 | 2][] = [
  ['a tone, whose loudness follows from its level', 'sine=f=997:d=6', 1],
  ['pink noise', 'anoisesrc=d=12:c=pink:a=0.4:seed=3', 2],
  ['bass', 'sine=f=40:d=6', 2],
  ['hiss', 'anoisesrc=d=6:c=violet:a=0.2:seed=5', 1],
  [
    'speech-like bursts with pauses, which are gated',
    'anoisesrc=d=20:c=brown:a=0.5:seed=7,volume=0.001+lt(mod(t\\,5)\\,2):eval=frame',
    2,
  ],
  ['a quarter of the sampling rate', 'aevalsrc=0.5*sin(2*PI*11025*t+PI/4):d=4:s=44100,afade=d=1', 1],
]

for (const [what, graph, channels] of sounds) {
  t.test(`${what}: loudness and true peak are what ffmpeg measures`, async (t) => {
    const { pcm, lufs, peakDbtp } = await makeSound(t, graph, channels)
    const measured = await measurePcm(pcm, { threads: 1, ...quietly })
    t.ok(Math.abs(measured.lufs - lufs) <= 0.11, `${measured.lufs.toFixed(2)} for ${lufs} LUFS`)
    t.ok(Math.abs(measured.peakDbtp - peakDbtp) <= 0.5, `${measured.peakDbtp.toFixed(2)} for ${peakDbtp} dBTP`)
  })
}

t.test('pieces measured by several threads are what one finds', async (t) => {
  const { pcm } = await makeSound(t, 'anoisesrc=d=620:c=pink:a=0.3:seed=11', 1)
  const [one, three] = await Promise.all([1, 3].map((threads) => measurePcm(pcm, { threads, ...quietly })))
  t.same(one, three)
})

t.test('the loudness of pieces is that of the whole', async (t) => {
  const { pcm, lufs, peakDbtp } = await makeSound(
    t,
    'anoisesrc=d=320:c=pink:a=0.3:seed=13,volume=0.2+mod(t\\,50)/60:eval=frame',
    1,
  )
  const measured = await measurePcm(pcm, { threads: 2, ...quietly })
  t.ok(Math.abs(measured.lufs - lufs) <= 0.06, `${measured.lufs} for ${lufs}`)
  t.ok(Math.abs(measured.peakDbtp - peakDbtp) <= 0.3, `${measured.peakDbtp} for ${peakDbtp}`)
  t.equal(measured.energies.length, 3200)
})

t.test('silence is minus infinity', async (t) => {
  const { pcm } = await makeSound(t, 'anullsrc=r=44100:cl=mono,atrim=duration=2', 1)
  const { lufs, peakDbtp } = await measurePcm(pcm, { threads: 1, ...quietly })
  t.same([lufs, peakDbtp], [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY])
})

t.test('a file that is not there is our trouble', async (t) => {
  const pcm: Pcm = { path: path.join(t.testdir(), 'gone'), offset: 0, encoding: 's16le', channels: 1, samples: 5 }
  await t.rejects(measurePcm(pcm, { threads: 1, ...quietly }), { message: /ENOENT/ })
})

t.test('the threads come with the program', async (t) => {
  t.match(await readFile('dist/src/audio/piece-thread.js', 'utf8'), /parentPort/)
})
