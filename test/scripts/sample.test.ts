import { execFile } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import t from 'tap'
import { type SampleShow, sampleShow } from '../../scripts/sample/show.ts'
import { morse, pips } from '../../scripts/sample/signals.ts'
import { durationSeconds, sampleRateHz } from '../../scripts/sample/sound.ts'
import { openStation } from '../station.ts'

const folder = path.join(import.meta.dirname, '../../../media/sample')
const inSample = (file: string) => path.join(folder, file)
const show: SampleShow = JSON.parse(await readFile(inSample('show.json'), 'utf8'))

t.test('the sample holds what show.json names and nothing else, in less than 1.4 MB', async (t) => {
  const named = ['show.json', show.artwork, ...show.episodes.map(({ recording }) => recording)]
  const files = await readdir(folder)
  t.strictSame(files.sort(), named.sort())
  const sizes = await Promise.all(files.map(async (file) => (await stat(inSample(file))).size))
  t.ok(sizes.reduce((sum, size) => sum + size, 0) < 1_400_000)
})

t.test('show.json is what the script would write today', async (t) => {
  t.strictSame(show, sampleShow, 'or run make-sample again')
})

t.test('the show has every field that a feed needs', async (t) => {
  for (const field of ['title', 'description', 'author'] as const) t.ok(show[field].trim(), field)
  t.equal(show.language, 'en-GB')
  t.equal(show.category, 'Technology')
  t.match(show.ownerEmail, /^[^@\s]+@example\.com$/)
  t.equal(show.type, 'episodic')
  t.equal(show.explicit, false)
})

t.test('the API takes all of it, and no directory shall list it', async (t) => {
  const { api } = await openStation(t)
  const { artwork: _, episodes, ...fields } = show
  const made = await api('POST', '/shows', fields)
  t.match(made.json(), { ...fields, blocked: true }, made.body)
  for (const { recording: _, publishedDaysAgo: __, ...episode } of episodes) {
    const answer = await api('POST', `/shows/${made.json().id}/episodes`, episode)
    t.match(answer.json(), episode, answer.body)
  }
})

t.test('the artwork keeps to Apple’s rules and is small', async (t) => {
  const { format, width, height, space, hasAlpha, channels } = await sharp(inSample(show.artwork)).metadata()
  t.strictSame(
    { format, width, height, space, hasAlpha, channels },
    { format: 'jpeg', width: 3000, height: 3000, space: 'srgb', hasAlpha: false, channels: 3 },
  )
  t.ok((await stat(inSample(show.artwork))).size <= 250_000)
})

t.test('the episodes are numbered, have addresses of their own and notes worth reading', async (t) => {
  t.strictSame(
    show.episodes.map(({ season, number, type }) => ({ season, number, type })),
    [1, 2].map((number) => ({ season: 1, number, type: 'full' })),
  )
  t.equal(new Set(show.episodes.map(({ slug }) => slug)).size, show.episodes.length)
  for (const { title, slug, notes } of show.episodes) {
    t.match(slug, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    const words = notes.split(/\s+/).length
    t.ok(words >= 150 && words <= 260, `${title} has ${words} words`)
    t.match(notes, /^## /m, 'a heading')
    t.match(notes, /^- \d:\d\d /m, 'a list of times')
    t.match(notes, /\]\(https:\/\//, 'a link')
  }
})

for (const { title, recording } of show.episodes) {
  t.test(`“${title}” lasts about a minute and is as loud as podcasts should be`, async (t) => {
    const { format } = await probe(recording)
    t.ok(Number(format.duration) >= 50 && Number(format.duration) <= 75, `${format.duration} s`)
    const { integratedLufs, truePeakDbtp } = await measure(recording)
    t.ok(Math.abs(integratedLufs + 16) <= 0.5, `${integratedLufs} LUFS`)
    t.ok(truePeakDbtp <= -1.5, `${truePeakDbtp} dBTP`)
  })
}

t.test('one recording is stereo Opus without tags, the other one mono AAC with tags and a cover', async (t) => {
  const opus = await probe('episode-1.ogg')
  t.match(opus.streams, [{ codec_name: 'opus', channels: 2 }])
  t.notOk(opus.streams[0]?.tags?.title)
  const aac = await probe('episode-2.m4a')
  t.match(aac.streams, [{ codec_name: 'aac', channels: 1 }, { disposition: { attached_pic: 1 } }])
  t.match(aac.format.tags, { title: show.episodes[1]?.title, artist: show.author, album: show.title })
})

t.test('the sixth pip is the long one, and begins five seconds after the first', async (t) => {
  const sound = pips()
  const heardAt = (seconds: number) =>
    sound
      .slice(seconds * sampleRateHz)
      .subarray(0, 480)
      .some((each) => each > 0.5)
  t.equal(durationSeconds(sound), 5.5)
  t.strictSame([0.05, 0.2, 4.05, 4.2, 5.05, 5.4].map(heardAt), [true, false, true, false, true, true])
})

t.test('twenty times PARIS takes a minute of Morse at twenty words per minute', async (t) => {
  const text = Array(20).fill('PARIS').join(' ')
  const gapAfterTheLastWord = (7 * 60) / (50 * 20)
  t.ok(Math.abs(durationSeconds(morse(text, { wordsPerMinute: 20 })) + gapAfterTheLastWord - 60) < 0.01)
})

t.test('Morse refuses what it has no signs for', async (t) => {
  t.throws(() => morse('198'), { message: /letters A to Z only/ })
})

type Probe = {
  format: { duration: string; tags?: Record<string, string> }
  streams: { codec_name: string; channels?: number; tags?: Record<string, string> }[]
}

async function probe(recording: string): Promise<Probe> {
  const parameters = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', inSample(recording)]
  return JSON.parse((await promisify(execFile)('ffprobe', parameters)).stdout)
}

async function measure(recording: string) {
  const meter = 'ebur128=peak=true:framelog=verbose'
  const parameters = ['-hide_banner', '-nostats', '-nostdin', '-i', inSample(recording), '-map', '0:a', '-af', meter]
  const { stderr } = await promisify(execFile)('ffmpeg', [...parameters, '-f', 'null', '-'])
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'))
  const numberAfter = (pattern: RegExp) => Number(pattern.exec(summary)?.[1])
  return { integratedLufs: numberAfter(/I:\s+(\S+) LUFS/), truePeakDbtp: numberAfter(/Peak:\s+(\S+) dBFS/) }
}
