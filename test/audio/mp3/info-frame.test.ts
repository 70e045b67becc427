import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import { parseFile } from 'music-metadata'
import t from 'tap'
import { crc16 } from '../../../src/audio/mp3/crc16.ts'
import { makeInfoFrame, type StreamFacts } from '../../../src/audio/mp3/info-frame.ts'
import { readMp3Header } from '../../../src/audio/mp3/mp3-header.ts'
import { type MpegFrame, parseMpegFrame } from '../../../src/audio/mp3/mpeg-frame.ts'
import { createSeekPoints } from '../../../src/audio/mp3/seek-points.ts'
import { parseStreamTag } from '../../../src/audio/mp3/stream-tag.ts'

/** Every header of layer III with a bit rate and a sample rate. */
const headers = fc
  .record({
    version: fc.constantFrom(0, 2, 3),
    isUnprotected: fc.nat(1),
    bitrate: fc.integer({ min: 1, max: 14 }),
    rate: fc.nat(2),
    padding: fc.nat(1),
    last: fc.nat(255),
  })
  .map(({ version, isUnprotected, bitrate, rate, padding, last }) =>
    Buffer.from([0xff, 0xe2 | (version << 3) | isUnprotected, (bitrate << 4) | (rate << 2) | (padding << 1), last]),
  )

const streams: fc.Arbitrary<StreamFacts> = fc
  .record({
    header: headers,
    isCbr: fc.boolean(),
    sizes: fc.array(fc.integer({ min: 24, max: 1441 }), { minLength: 4, maxLength: 400 }),
    crc: fc.nat(0xffff),
    gapless: fc.option(fc.record({ delay: fc.nat(0xfff), padding: fc.nat(0xfff) }), { nil: undefined }),
  })
  .map(({ sizes, ...facts }) => {
    const seekPoints = createSeekPoints()
    let bytes = 0
    for (const size of sizes) {
      seekPoints.add(bytes)
      bytes += size
    }
    return { ...facts, frames: sizes.length, bytes, seekPoints }
  })

const frameOf = (bytes: Buffer) => parseMpegFrame(bytes, 0) as MpegFrame

t.test('what is written into an Info frame is read from it', async () => {
  fc.assert(
    fc.property(streams, (facts) => {
      const bytes = makeInfoFrame(facts)
      const tag = parseStreamTag(bytes, frameOf(bytes))
      return (
        tag?.kind === (facts.isCbr ? 'Info' : 'Xing') &&
        tag.frames === facts.frames &&
        tag.bytes === facts.bytes + bytes.length &&
        tag.gapless?.delay === facts.gapless?.delay &&
        tag.gapless?.padding === facts.gapless?.padding
      )
    }),
  )
})

t.test('an Info frame is one whole silent frame of the kind of its stream', async () => {
  fc.assert(
    fc.property(streams, (facts) => {
      const bytes = makeInfoFrame(facts)
      const [frame, first] = [frameOf(bytes), frameOf(facts.header)]
      const sideInformation = bytes.subarray(4, 4 + frame.sideBytes)
      return (
        frame.bytes === bytes.length &&
        frame.sampleRateHz === first.sampleRateHz &&
        frame.channels === first.channels &&
        frame.bitrateKbps >= first.bitrateKbps &&
        sideInformation.every((byte) => byte === 0)
      )
    }),
  )
})

t.test('the table of contents never goes back, and each entry is at or just before its frame', async () => {
  fc.assert(
    fc.property(streams, (facts) => {
      const bytes = makeInfoFrame(facts)
      const table = [...(parseStreamTag(bytes, frameOf(bytes))?.tableOfContents ?? [])]
      const total = bytes.length + facts.bytes
      return table.every((place, percent) => {
        const wanted = (256 * (bytes.length + facts.seekPoints.at(percent / 100))) / total
        return place >= (table[percent - 1] ?? 0) && place <= wanted && (place === 255 || place > wanted - 1)
      })
    }),
  )
})

t.test('the tag ends with the checksum of the bytes before', async () => {
  fc.assert(
    fc.property(streams, (facts) => {
      const bytes = makeInfoFrame(facts)
      const at = 4 + frameOf(bytes).sideBytes + 154
      const sum = bytes.readUInt16BE(at)
      return facts.gapless ? sum === crc16(bytes.subarray(0, at)) : bytes.subarray(at - 34).every((byte) => byte === 0)
    }),
  )
})

t.test('our reader and music-metadata know the length by it', async (t) => {
  const file = path.join(t.testdir(), 'info.mp3')
  await fc.assert(
    fc.asyncProperty(streams, async (facts) => {
      const bytes = makeInfoFrame(facts)
      const [frame] = [frameOf(bytes)]
      await writeFile(file, Buffer.concat([bytes, bytes]))
      const { delay, padding } = facts.gapless ?? { delay: 0, padding: 0 }
      const samples = Math.max(0, facts.frames * frame.samples - delay - padding)
      const header = await readMp3Header(file)
      const { format } = await parseFile(file)
      return (
        header?.stream?.samples === samples &&
        header.stream.bytes === bytes.length + facts.bytes &&
        Math.abs((format.duration ?? 0) * frame.sampleRateHz - facts.frames * frame.samples) < 1 &&
        (format.tool === 'LAME 3.100') === (facts.gapless !== undefined)
      )
    }),
    { numRuns: 50 },
  )
})

t.test('a stream of any length has bounded seek points, which stay true', async (t) => {
  const seekPoints = createSeekPoints()
  for (let index = 0; index < 1_000_000; index++) seekPoints.add(index * 417)
  for (const fraction of [0, 0.01, 0.3333, 0.99]) {
    t.ok(Math.abs(seekPoints.at(fraction) - fraction * 417_000_000) <= 417 * 16, `${fraction}`)
  }
})
