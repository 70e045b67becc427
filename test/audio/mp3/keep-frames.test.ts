import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { inspectMp3 } from '../../../src/audio/mp3/inspect-mp3.ts'
import { keepFrames } from '../../../src/audio/mp3/keep-frames.ts'
import { readMp3Header } from '../../../src/audio/mp3/mp3-header.ts'
import { walkAudio } from '../../../src/audio/mp3/walk-audio.ts'
import { decodePcm, encodePcm, makePcm } from '../../fixtures/pcm.ts'

const { signal } = new AbortController()
const samples = 200_000
const pcm = { 1: makePcm(samples, 1), 2: makePcm(samples, 2) }
/** An empty ID3v2.3 tag of 64 bytes. */
const head = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x36', 'latin1'), Buffer.alloc(54)])
const junk = Buffer.alloc(5000, 'junk ')
const id3v1 = Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)])
const ape = Buffer.concat([Buffer.from('APETAGEX'), Buffer.alloc(24)])

const noTag = ['-write_xing', '0']
const constant = ['-b:a', '128k']
const variable = ['-q:a', '4']
const frameBytes = 417
const lame = { delay: 576, padding: 175 * 1152 - 576 - samples }
/** As ffmpeg writes the tag: the place of its fields, counted from the name. */
const patch = (bytes: Buffer, name: string, at: number, value: number) => {
  bytes.writeUInt32BE(value, bytes.indexOf(name) + at)
  return bytes
}

type Case = Readonly<{
  encode: string[]
  channels?: 1 | 2
  change?(bytes: Buffer): Buffer
  inspection?: object
  /** The tag frame of the result is the source's own. */
  isKept?: boolean
  kind?: 'Xing' | 'Info'
  gapless?: { delay: number; padding: number }
}>

const cases: Record<string, Case> = {
  'a constant bit rate and a right Info frame': {
    encode: constant,
    isKept: true,
    inspection: { isPlain: true, isTagRight: true, breaks: 0 },
    gapless: lame,
  },
  'a variable bit rate and a right Xing frame': { encode: variable, isKept: true, kind: 'Xing', gapless: lame },
  'a constant bit rate without Info frame': {
    encode: [...constant, ...noTag],
    inspection: { isPlain: true, isTagRight: false, start: 0, breaks: 0 },
  },
  'a variable bit rate without Xing frame': { encode: [...variable, ...noTag], kind: 'Xing' },
  'one channel at 32 kb/s, whose frames have no room for a tag': {
    encode: ['-b:a', '32k', ...noTag],
    channels: 1,
  },
  'MPEG-2 at 22.05 kHz': { encode: ['-b:a', '64k', '-ar', '22050', ...noTag] },
  'MPEG-2.5 at 8 kHz, variable': { encode: ['-q:a', '6', '-ar', '8000', ...noTag], channels: 1, kind: 'Xing' },
  'tags behind and junk before': {
    encode: [...constant, ...noTag],
    change: (bytes) => Buffer.concat([head, junk, bytes, ape, id3v1]),
    inspection: { isPlain: true, start: head.length + junk.length },
  },
  'junk between its frames': {
    encode: [...constant, ...noTag],
    change: (bytes) => Buffer.concat([bytes.subarray(0, 41_795), junk, bytes.subarray(41_795)]),
    inspection: { isPlain: false, breaks: 1 },
  },
  'a cut-off end': {
    encode: variable,
    change: (bytes) => bytes.subarray(0, 30_000),
    kind: 'Xing',
    gapless: { delay: 576, padding: 529 },
  },
  'a Xing frame with a wrong table of contents': {
    encode: variable,
    change: (bytes) => patch(bytes, 'Xing', 16 + 50, 0x10203040),
    kind: 'Xing',
    gapless: lame,
    inspection: { isPlain: true, isTagRight: false },
  },
  'a Xing frame without a table of contents': {
    encode: variable,
    change: (bytes) => patch(bytes, 'Xing', 4, 3),
    kind: 'Xing',
  },
  'a variable bit rate that says Info': {
    encode: variable,
    change: (bytes) => patch(bytes, 'Xing', 0, Buffer.from('Info').readUInt32BE()),
    kind: 'Xing',
    gapless: lame,
  },
  'a VBRI frame': {
    encode: [...constant, ...noTag],
    change: (bytes) => Buffer.concat([vbriFrame(bytes), bytes]),
    inspection: { isPlain: true, isTagRight: false, tagFrame: { tag: { kind: 'VBRI', frames: 350 } } },
  },
}

for (const [name, { encode, channels = 2, change, inspection = {}, isKept, kind = 'Info', gapless }] of Object.entries(
  cases,
)) {
  t.test(`frames are kept bit for bit: ${name}`, async (t) => {
    const folder = t.testdir()
    const [source, target, bare] = ['source', 'target', 'bare'].map((file) => path.join(folder, `${file}.mp3`)) as [
      string,
      string,
      string,
    ]
    await encodePcm(pcm[channels], source, ['-id3v2_version', '0', ...encode])
    if (change) await writeFile(source, change(await readFile(source)))
    const before = await inspectMp3(source, { signal })
    t.match(before, inspection)

    const facts = await keepFrames(source, target, { head, signal })
    const bytes = await readFile(target)
    const audio = await audioOf(source)
    t.ok(bytes.subarray(0, 64).equals(head))
    t.ok(bytes.subarray(bytes.length - audio.length).equals(audio), 'the same frames')

    const after = await inspectMp3(target, { signal })
    t.match(after, { isPlain: true, isTagRight: true, start: 64, end: bytes.length, stream: { frames: facts.frames } })
    t.equal(after?.tagFrame?.tag.kind, kind)
    t.strictSame(after?.tagFrame?.tag.gapless, gapless)
    t.equal(
      before?.tagFrame?.bytes.equals(after?.tagFrame?.bytes ?? head) ?? false,
      isKept ?? false,
      'its own tag frame',
    )
    const { stream } = (await readMp3Header(target)) ?? {}
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const sha384 = createHash('sha384').update(bytes).digest('base64')
    t.match(facts, { bytes: bytes.length, headerBytes: 64, sha256, sha384 })
    t.equal(Math.round(facts.durationSeconds * (after?.stream.first.sampleRateHz ?? 0)), stream?.samples)

    await writeFile(bare, audio)
    const [played, all] = [await decodePcm(target), await decodePcm(bare)]
    const skipped = gapless ? (gapless.delay + 529) * channels : 0
    const dropped = gapless ? (gapless.padding - 529) * channels : 0
    t.ok(all.length > 0)
    t.equal(played.length, all.length - skipped - dropped)
    t.equal(md5(played), md5(all.subarray(skipped, all.length - dropped)), 'the same samples')
  })
}

t.test('what is not MP3, or of two kinds, has no frames to keep', async (t) => {
  const folder = t.testdir({ 'empty.mp3': '', 'text.mp3': 'no frames at all '.repeat(1000) })
  const mixed = path.join(folder, 'mixed.mp3')
  const parts = ['44100', '48000'].map(async (rate) => {
    await encodePcm(pcm[2], path.join(folder, rate), [...constant, ...noTag, '-id3v2_version', '0', '-ar', rate])
    return readFile(path.join(folder, rate))
  })
  await writeFile(mixed, Buffer.concat(await Promise.all(parts)))
  t.match(await inspectMp3(mixed, { signal }), { isPlain: false, breaks: 0, stream: { isUniform: false } })
  for (const file of ['empty.mp3', 'text.mp3', 'mixed.mp3']) {
    const source = path.join(folder, file)
    if (file !== 'mixed.mp3') t.equal(await inspectMp3(source, { signal }), undefined)
    await t.rejects(
      keepFrames(source, path.join(folder, 'kept.mp3'), { head, signal }),
      /is not MP3 frames of one kind/,
    )
  }
})

t.test('an aborted copy rejects with its reason', async (t) => {
  const source = path.join(t.testdir(), 'source.mp3')
  await encodePcm(pcm[1], source, constant)
  const aborted = AbortSignal.abort(new Error('cancelled'))
  await t.rejects(keepFrames(source, `${source}.kept`, { head, signal: aborted }), { message: 'cancelled' })
})

const md5 = (samples: Int16Array) =>
  createHash('md5')
    .update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength))
    .digest('hex')

async function audioOf(file: string): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const { bytes } of walkAudio(file, { signal })) parts.push(Buffer.from(bytes))
  return Buffer.concat(parts)
}

/** Version, delay, quality, bytes, frames, and a table of no entries. */
function vbriFrame(audio: Buffer): Buffer {
  const frame = Buffer.alloc(frameBytes)
  audio.copy(frame, 0, 0, 4)
  frame.writeUInt8(frame.readUInt8(2) & ~2, 2)
  frame.write('VBRI', 36, 'latin1')
  frame.writeUInt32BE(frameBytes + audio.length, 46)
  frame.writeUInt32BE(350, 50)
  return frame
}
