import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { parseMpegFrame } from '../../../src/audio/mp3/mpeg-frame.ts'
import { walkFrames } from '../../../src/audio/mp3/walk-frames.ts'

const { signal } = new AbortController()

/** A frame of MPEG-1 at 44.1 kHz, filled with something that is no header. */
function frame(bitrate: number, padding: number, mode = 0): Buffer {
  const header = Buffer.from([0xff, 0xfb, (bitrate << 4) | (padding << 1), mode << 6])
  return Buffer.concat([header, Buffer.alloc((parseMpegFrame(header, 0)?.bytes ?? 4) - 4, 0x55)])
}

const frames = fc.record({ bitrate: fc.integer({ min: 1, max: 14 }), padding: fc.nat(1) })
const stretches = fc.array(
  fc.record({
    junkBytes: fc.integer({ min: 1, max: 3000 }),
    frames: fc.array(frames, { minLength: 8, maxLength: 60 }),
  }),
  { maxLength: 6 },
)

t.test('all frames are found where they stand, whatever stands between', async (t) => {
  const file = path.join(t.testdir(), 'walked.mp3')
  await fc.assert(
    fc.asyncProperty(stretches, fc.nat(2_000_000), async (stretches, leadBytes) => {
      const parts: Buffer[] = [Buffer.alloc(leadBytes)]
      const wanted: string[] = []
      let position = leadBytes
      const add = (bytes: Buffer) => {
        parts.push(bytes)
        position += bytes.length
      }
      for (const { junkBytes, frames } of stretches) {
        add(Buffer.alloc(junkBytes, 'junk'))
        for (const { bitrate, padding } of frames) {
          const bytes = frame(bitrate, padding)
          wanted.push(`${position}+${bytes.length}`)
          add(bytes)
        }
      }
      await writeFile(file, Buffer.concat(parts))
      t.strictSame(await walk(file), wanted)
    }),
    { numRuns: 40 },
  )
})

t.test('what follows the last frame is left out', async (t) => {
  const file = path.join(t.testdir(), 'tail.mp3')
  const one = frame(9, 0)
  const three = ['0+417', '417+417', '834+417']
  const cases: [string, Buffer, string[]][] = [
    ['nothing', Buffer.alloc(0), three],
    ['ID3v1', Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]), three],
    ['APEv2', Buffer.concat([Buffer.from('APETAGEX'), Buffer.alloc(300)]), three],
    ['Lyrics3', Buffer.from('LYRICSBEGININD00003110LYRICS200'), three],
    ['a cut-off frame', one.subarray(0, 416), three],
    ['so much junk that three frames may be chance', Buffer.alloc(2000), []],
  ]
  for (const [name, tail, wanted] of cases) {
    await writeFile(file, Buffer.concat([one, one, one, tail]))
    t.strictSame(await walk(file), wanted, name)
  }
})

t.test('a file of breaks, of sync words or of empty tags is walked in time', async (t) => {
  const file = path.join(t.testdir(), 'hostile.mp3')
  const row = Buffer.concat([...Array(8).fill(frame(1, 0)), Buffer.from('x')])
  const cases: [string, Buffer, number][] = [
    ['breaks', row, 8 * 4000],
    ['sync words', Buffer.from([0xff, 0xfb, 0x10]), 0],
    ['rows that do not hold', Buffer.concat([...Array(7).fill(frame(1, 0)), Buffer.from('x')]), 0],
    ['empty tags', Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), 0],
  ]
  for (const [name, part, wanted] of cases) {
    await writeFile(file, Buffer.concat([Buffer.alloc(row.length * 4000, part), Buffer.alloc(2000)]))
    const start = process.cpuUsage()
    t.equal((await walk(file)).length, wanted, name)
    const { user } = process.cpuUsage(start)
    t.ok(user < 1_000_000, `${name}: ${Math.round(user / 1000)} ms`)
  }
})

/** `position+bytes` of each frame. */
async function walk(file: string): Promise<string[]> {
  const seen: string[] = []
  for await (const { position, bytes, frames } of walkFrames(file, { signal })) {
    let at = position
    for (const { bytes } of frames) {
      seen.push(`${at}+${bytes}`)
      at += bytes
    }
    if (at !== position + bytes.length) throw new Error(`a run of ${bytes.length} bytes has frames of ${at - position}`)
  }
  return seen
}
