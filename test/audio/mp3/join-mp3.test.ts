import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { parseFile } from 'music-metadata'
import t from 'tap'
import { joinMp3, type Mp3Piece } from '../../../src/audio/mp3/join-mp3.ts'
import { readMp3Header } from '../../../src/audio/mp3/mp3-header.ts'
import { decodePcm, encodePcm, makePcm, type Pcm } from '../../fixtures/pcm.ts'

const frameSamples = 1152
const pieceFrames = 500
const pieceSamples = pieceFrames * frameSamples
const { signal } = new AbortController()
/** An empty ID3v2.3 tag of 64 bytes. */
const head = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x36', 'latin1'), Buffer.alloc(54)])

const cases = [
  { channels: 2, bitrateKbps: 128, samples: 3 * pieceSamples + 123_456 },
  { channels: 1, bitrateKbps: 96, samples: 2 * pieceSamples + 1 },
] as const

for (const { channels, bitrateKbps, samples } of cases) {
  t.test(`${channels} channels that were encoded in pieces sound as if encoded at once`, async (t) => {
    const folder = t.testdir()
    const [joined, serial] = [path.join(folder, 'joined.mp3'), path.join(folder, 'serial.mp3')]
    const pcm = makePcm(samples, channels)
    const pieces = await encodePieces(pcm, folder, bitrateKbps)
    await encodePcm(pcm, serial, ['-b:a', `${bitrateKbps}k`, '-reservoir', '0'])
    const facts = await joinMp3(pieces, joined, { head, sampleRateHz: 44_100, channels, bitrateKbps, samples, signal })

    const bytes = await readFile(joined)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const sha384 = createHash('sha384').update(bytes).digest('base64')
    const { frames } = facts
    t.strictSame(facts, {
      bytes: bytes.length,
      sha256,
      sha384,
      headerBytes: 64,
      frames,
      durationSeconds: samples / 44_100,
    })
    t.equal(frames, framesOf(await readFile(serial)), 'as many frames as at once')

    const [played, once] = [await decodePcm(joined), await decodePcm(serial)]
    t.equal(played.length, samples * channels, 'exact to the sample')
    for (let join = pieceSamples; join < samples; join += pieceSamples) {
      const loss = snrDb(pcm, once, join) - snrDb(pcm, played, join)
      t.ok(loss < 0.3, `the seam at ${join} loses ${loss.toFixed(3)} dB`)
    }

    t.match(await readMp3Header(joined), { headerBytes: 64, stream: { samples, bytes: bytes.length - 64 } })
    const { format } = await parseFile(joined, { duration: true })
    t.match(format, { codecProfile: 'CBR', tool: 'LAME 3.100', sampleRate: 44_100, numberOfChannels: channels })
    t.ok(Math.abs((format.duration ?? 0) - samples / 44_100) < 2 * (frameSamples / 44_100), `${format.duration} s`)
    t.notMatch(await checkWithMp3val(joined), /WARNING|ERROR/)
  })
}

t.test('pieces that are not as they should be are not joined', async (t) => {
  const folder = t.testdir()
  const samples = 100 * frameSamples
  const pcm = makePcm(samples, 2)
  const file = async (name: string, options: string[]) => {
    await encodePcm(pcm, path.join(folder, name), ['-id3v2_version', '0', ...options])
    return path.join(folder, name)
  }
  const raw = ['-b:a', '128k', '-write_xing', '0']
  const good = await file('good.mp3', [...raw, '-reservoir', '0'])
  const reservoir = await file('reservoir.mp3', raw)
  const bytes = await readFile(good)
  const damaged = path.join(folder, 'damaged.mp3')
  const cut = path.join(folder, 'cut.mp3')
  await writeFile(damaged, Buffer.concat([bytes.subarray(0, 10_000), bytes.subarray(10_001)]))
  await writeFile(cut, bytes.subarray(0, bytes.length - 100))

  const join = (piece: Partial<Mp3Piece>, wanted: { samples?: number; bitrateKbps?: number } = {}) =>
    joinMp3([{ path: good, skipFrames: 0, ...piece }], path.join(folder, 'joined.mp3'), {
      head,
      sampleRateHz: 44_100,
      channels: 2,
      bitrateKbps: 128,
      samples,
      signal,
      ...wanted,
    })
  await t.resolves(join({}))
  await t.rejects(join({ frames: 200 }), /has 101 frames, but 200 are needed/)
  await t.rejects(join({ skipFrames: 101 }), /has 101 frames, but 102 are needed/)
  await t.rejects(join({ path: damaged }), /something else than frames at \d+/)
  await t.rejects(join({ path: cut }), /something else than frames at \d+/)
  await t.rejects(join({ path: reservoir, skipFrames: 8 }), /bit reservoir/)
  await t.rejects(join({}, { bitrateKbps: 96 }), /is not 96 kb\/s, 44100 Hz, 2 channels/)
  await t.rejects(join({}, { samples: samples + frameSamples }), /101 frames cannot be the encoding of/)
  await t.rejects(join({}, { samples: samples - 4 * frameSamples }), /101 frames cannot be the encoding of/)
  await t.rejects(
    joinMp3([], path.join(folder, 'none.mp3'), {
      head,
      sampleRateHz: 44_100,
      channels: 2,
      bitrateKbps: 128,
      samples,
      signal,
    }),
    /no layer III frames in the pieces/,
  )
})

/** As the encoder does: 8 frames of lead-in and 3 of lead-out. */
async function encodePieces(pcm: Pcm, folder: string, bitrateKbps: number): Promise<Mp3Piece[]> {
  const samples = pcm.samples.length / pcm.channels
  const raw = ['-b:a', `${bitrateKbps}k`, '-reservoir', '0', '-write_xing', '0', '-id3v2_version', '0']
  const pieces: Mp3Piece[] = []
  for (let start = 0; start < samples; start += pieceSamples) {
    const piece = path.join(folder, `piece${pieces.length}.mp3`)
    const end = start + pieceSamples
    const [from, to] = [Math.max(0, start - 8 * frameSamples), Math.min(samples, end + 3 * frameSamples)]
    await encodePcm(pcm, piece, raw, [from, to])
    pieces.push({ path: piece, skipFrames: start === 0 ? 0 : 8, frames: end < samples ? pieceFrames : undefined })
  }
  return pieces
}

/** The number of frames in the Info tag that ffmpeg wrote. */
function framesOf(bytes: Buffer): number {
  return bytes.readUInt32BE(bytes.indexOf('Info') + 8)
}

/** Of the 50 ms before and after that place. */
function snrDb({ samples, channels }: Pcm, decoded: Int16Array, place: number): number {
  let [signalPower, noisePower] = [0, 0]
  for (let index = (place - 2205) * channels; index < (place + 2205) * channels && index < samples.length; index++) {
    const sample = samples[index] as number
    signalPower += sample ** 2
    noisePower += (sample - (decoded[index] as number)) ** 2
  }
  return 10 * Math.log10(signalPower / noisePower)
}

/** Nothing where mp3val is not installed. */
async function checkWithMp3val(file: string): Promise<string> {
  const { stdout } = await promisify(execFile)('mp3val', [file]).catch(() => ({ stdout: '' }))
  return stdout
}
