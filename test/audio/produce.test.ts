import { readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseFile } from 'music-metadata'
import t from 'tap'
import { produce } from '../fixtures/produce.ts'
import { cutOff, makeRecording, type RecordingKind } from '../fixtures/recordings.ts'

const frameSeconds = 1152 / 44_100

/** Sound that a format adds or drops by itself: the whole frames of lossy formats without gapless marks. */
const formats: [RecordingKind, codec: string, toleranceSeconds: number][] = [
  ['wav', 'pcm_s16le', 0],
  ['wav8bit', 'pcm_u8', 0],
  ['wav24bit', 'pcm_s24le', 0],
  ['wavFloat', 'pcm_f32le', 0],
  ['wavAlaw', 'pcm_alaw', 0],
  ['rf64', 'pcm_s16le', 0],
  ['w64', 'pcm_s16le', 0],
  ['aiff', 'pcm_s16be', 0],
  ['caf', 'pcm_s16be', 0],
  ['au', 'pcm_s16be', 0],
  ['flac', 'flac', 0],
  ['alac', 'alac', 0],
  ['wavpack', 'wavpack', 0],
  ['mp3', 'mp3', 0],
  ['mp3Variable', 'mp3', 0],
  ['ogg', 'vorbis', frameSeconds],
  ['opus', 'opus', frameSeconds],
  ['webm', 'opus', frameSeconds],
  ['m4a', 'aac', frameSeconds],
  ['aac', 'aac', 3 * frameSeconds],
  ['wma', 'wmav2', 3 * frameSeconds],
  ['videoMp4', 'aac', frameSeconds],
]

t.test('every format ends as an MP3 of the same length', async (t) => {
  for (const [kind, codec, tolerance] of formats) {
    const source = await makeRecording(t.testdir(), { kind })
    const produced = await produce(source)
    const { durationSeconds } = produced
    t.ok(Math.abs(durationSeconds - 3) <= tolerance + 1e-9, `${kind}: ${durationSeconds} s`)
    t.match(
      produced,
      { type: 'audio/mpeg', channels: 1, bitrateKbps: 64, sampleRateHz: 44_100, source: { codec } },
      kind,
    )
    t.equal((await readFile(produced.path)).length, produced.bytes)
  }
})

t.test('unusual recordings are as good', async (t) => {
  const cases: [string, Parameters<typeof makeRecording>[1], channels: number][] = [
    ['24 bit at 96 kHz in stereo', { kind: 'wav24bit', sampleRateHz: 96_000, channels: 2 }, 2],
    ['5.1', { kind: 'wav', channels: 6 }, 2],
    ['8 kHz mono', { kind: 'wav', sampleRateHz: 8000 }, 1],
    ['digital silence', { kind: 'wav', sound: 'silence' }, 1],
    ['a wrong extension', { kind: 'flac', filename: 'flac.wav' }, 1],
    ['no extension and a name with a scheme', { kind: 'm4a', filename: 'http:a|b %d' }, 1],
  ]
  for (const [what, options, channels] of cases) {
    const produced = await produce(await makeRecording(t.testdir(), options))
    t.equal(produced.channels, channels, what)
    t.ok(Math.abs(produced.durationSeconds - 3) < frameSeconds, `${what}: ${produced.durationSeconds} s`)
    t.equal(produced.bitrateKbps, channels === 1 ? 64 : 128)
  }
})

t.test('one sample is a recording too', async (t) => {
  const produced = await produce(await makeRecording(t.testdir(), { kind: 'wav', seconds: 1 / 44_100 }))
  t.ok(produced.durationSeconds < frameSeconds, `${produced.durationSeconds} s`)
  t.equal(produced.source.declaredSeconds, 1 / 44_100)
})

t.test('2 MB of junk before the first frame are passed over', async (t) => {
  const folder = t.testdir()
  const mp3 = await readFile(await makeRecording(folder, { kind: 'mp3' }))
  const source = path.join(folder, 'recording')
  await writeFile(source, Buffer.concat([Buffer.alloc(2_000_000, 'junk\0'), mp3]))
  const produced = await produce(source)
  t.ok(Math.abs(produced.durationSeconds - 3) < 4 * frameSeconds, `${produced.durationSeconds} s`)
})

t.test('a WAV that was streamed has no length in its header', async (t) => {
  for (const size of [0xffff_ffff, 0x7fff_f000, 0]) {
    const source = await makeRecording(t.testdir(), { kind: 'wav' })
    const bytes = await readFile(source)
    bytes.writeUInt32LE(size, bytes.indexOf('data') + 4)
    await writeFile(source, bytes)
    const produced = await produce(source)
    t.equal(produced.source.declaredSeconds, undefined)
    t.equal(produced.durationSeconds, 3)
  }
})

t.test('a recording that was cut off is refused', async (t) => {
  const kinds: RecordingKind[] = [
    'wav',
    'wavAlaw',
    'rf64',
    'aiff',
    'flac',
    'wavpack',
    'm4aIndexFirst',
    'mp3',
    'mp3Variable',
  ]
  for (const kind of kinds) {
    const folder = t.testdir()
    const source = await makeRecording(folder, { kind, seconds: 8, sound: 'noise' })
    await cutOff(source, await readFile(source), 0.5)
    await t.rejects(produce(source), { code: 'invalid', message: /ends after 0:0[345], but .* promises 0:08/ }, kind)
    t.strictSame(await readdir(folder), [path.basename(source)])
  }
})

t.test('a pause for which no sound was stored does not count as cut off', async (t) => {
  const produced = await produce(await makeRecording(t.testdir(), { kind: 'm4aWithPause', seconds: 8 }))
  t.ok(Math.abs(produced.durationSeconds - 4) < 4 * frameSeconds, `${produced.durationSeconds} s`)
})

t.test('an MP3 whose Xing tag lies about its length is whole', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'mp3' })
  const bytes = await readFile(source)
  const tag = bytes.indexOf('Info')
  bytes.writeUInt32BE(bytes.readUInt32BE(tag + 8) * 10, tag + 8)
  await writeFile(source, bytes)
  t.ok(Math.abs((await produce(source)).durationSeconds - 3) < 2 * frameSeconds)
})

t.test('tags go through the choice of the caller, and nothing else is kept', async (t) => {
  const folder = t.testdir()
  const tags = { title: 'Größe', artist: 'Ada', album: 'Radio', comment: 'secret note' }
  const source = await makeRecording(folder, { kind: 'm4a', tags, cover: 'png' })
  const produced = await produce(source, {
    describe: async ({ tags: { title } }) => ({ title: `${title} = 1`, album: 'Show', chapters: [] }),
  })
  t.match(produced.recorded.tags, { ...tags, cover: { type: 'image/png' } })

  const { common, format } = await parseFile(produced.path)
  t.match(common, { title: 'Größe = 1', album: 'Show' })
  t.equal(common.artist, undefined)
  t.equal(common.picture, undefined)
  t.notOk((await readFile(produced.path)).includes('secret'))
  t.strictSame(format.tagTypes, ['ID3v2.3'])
})

t.test('the same recording gives the same bytes', async (t) => {
  const first = await makeRecording(t.testdir(), { kind: 'flac', channels: 2, tags: { title: 'Twice' } })
  const one = await produce(first)
  await rename(one.path, path.join(path.dirname(first), 'kept.mp3'))
  t.equal((await produce(first)).sha256, one.sha256)
})

t.test('stages come in order and progress never falls', async (t) => {
  const stages: [string, number][] = []
  await produce(await makeRecording(t.testdir(), { kind: 'wav' }), { onStage: (...stage) => stages.push(stage) })
  t.strictSame(stages[0], ['probing', 0])
  t.strictSame([...new Set(stages.map(([stage]) => stage))], ['probing', 'measuring', 'encoding'])
  t.strictSame(stages.at(-1), ['encoding', 1])
  for (const wanted of ['measuring', 'encoding']) {
    const fractions = stages.filter(([stage]) => stage === wanted).map(([, fraction]) => fraction)
    t.strictSame(
      fractions,
      [...fractions].sort((a, b) => a - b),
    )
  }
})
