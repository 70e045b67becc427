/**
 * Makes media/sample/, the show that a new station is seeded with: `npx tsc && node dist/scripts/make-sample.js`.
 * Needs ffmpeg (with libopus) and espeak-ng on the PATH. What it writes is committed, so only who changes the sample runs it.
 * Everything random is seeded; another version of these programs may still give other bytes.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import sharp from 'sharp'
import { artworkSvg } from './sample/artwork-svg.ts'
import { mixScore } from './sample/mix.ts'
import { run } from './sample/programs.ts'
import { writeRecording } from './sample/recording.ts'
import { forecastScore, waveScore } from './sample/scores.ts'
import { sampleShow } from './sample/show.ts'

const target = path.join(import.meta.dirname, '../../media/sample')

async function makeSample(folder: string): Promise<void> {
  await Promise.all([run('ffmpeg', ['-version']), run('espeak-ng', ['--version'])])
  await mkdir(target, { recursive: true })
  await writeFile(path.join(target, 'show.json'), `${JSON.stringify(sampleShow, null, 2)}\n`)
  await makeArtwork(folder)
  await makeWaveEpisode(folder)
  await makeForecastEpisode(folder)
}

async function makeArtwork(folder: string): Promise<void> {
  const drawn = await sharp(Buffer.from(artworkSvg())).flatten().png({ compressionLevel: 1 }).toBuffer()
  await sharp(drawn).jpeg({ quality: 76, mozjpeg: true }).toFile(path.join(target, sampleShow.artwork))
  await sharp(drawn).resize(400).jpeg({ quality: 70, mozjpeg: true }).toFile(coverIn(folder))
}

/** Stereo, without tags: Ogg Opus. */
async function makeWaveEpisode(folder: string): Promise<void> {
  const output = path.join(target, 'episode-1.ogg')
  const codec = ['-c:a', 'libopus', '-b:a', '64k', '-ar', '48000']
  report(output, await writeRecording(await mixScore(waveScore, folder), { folder, output, channels: 2, codec }))
}

/** Mono, with tags and a small cover, so that reading them can be seen: AAC in MPEG-4. */
async function makeForecastEpisode(folder: string): Promise<void> {
  const output = path.join(target, 'episode-2.m4a')
  const tags = { title: 'Good, Occasionally Poor', artist: sampleShow.author, album: sampleShow.title }
  const metadata = Object.entries(tags).flatMap(([name, value]) => ['-metadata', `${name}=${value}`])
  const codec = ['-c:a', 'aac', '-b:a', '56k', '-ar', '32000', ...metadata, '-movflags', '+faststart']
  const mix = await mixScore(forecastScore, folder)
  report(output, await writeRecording(mix, { folder, output, channels: 1, codec, cover: coverIn(folder) }))
}

const coverIn = (folder: string) => path.join(folder, 'cover.jpg')

const report = (output: string, { integratedLufs, truePeakDbtp }: { integratedLufs: number; truePeakDbtp: number }) =>
  console.log(`${path.basename(output)}: ${integratedLufs} LUFS, true peak ${truePeakDbtp} dBTP`)

const folder = await mkdtemp(path.join(tmpdir(), 'longwave-sample-'))
try {
  await makeSample(folder)
} finally {
  await rm(folder, { recursive: true })
}
