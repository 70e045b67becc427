import { execFile } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import t from 'tap'
import { findBinaries } from '../../../src/audio/ffmpeg/binaries.ts'
import { makeRecording } from '../../fixtures/recordings.ts'

t.test('they are absolute paths, found once', async (t) => {
  const binaries = await findBinaries()
  t.ok(path.isAbsolute(binaries.ffmpeg) && path.isAbsolute(binaries.ffprobe))
  t.equal(await findBinaries(), binaries)
})

t.test('without ffmpeg on PATH, the builds of the npm packages do it all', async (t) => {
  const folder = t.testdir({ 'list.mp3': "ffconcat version 1.0\nfile 'wav.wav'\n" })
  const kinds = ['wav', 'mp3', 'm4a', 'opus', 'videoMp4'] as const
  const recordings = await Promise.all(kinds.map((kind) => makeRecording(folder, { kind, channels: 2 })))
  const [playlist, ...results] = await produceWithoutPath([path.join(folder, 'list.mp3'), ...recordings])
  t.match(playlist, { origin: 'npm', refused: /not a recording that can be read/ })
  for (const [index, result] of results.entries()) {
    t.match(result, { origin: 'npm', channels: 2, bitrateKbps: 128, sampleRateHz: 44_100 }, `${kinds[index]}`)
    t.ok(Math.abs((result?.durationSeconds ?? 0) - 3) < 1152 / 44_100, `${result?.durationSeconds} s`)
  }
  t.equal(results.length, kinds.length)
})

async function produceWithoutPath(sources: string[]): Promise<{ durationSeconds?: number }[]> {
  const program = fileURLToPath(new URL('../../fixtures/produce-audio.js', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...sources], { env: { PATH: '' } })
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}
