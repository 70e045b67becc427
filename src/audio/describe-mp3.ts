import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readMp3Header } from './mp3-header.ts'

export type Mp3Description = Readonly<{
  bytes: number
  /** Bytes before the first audio frame. */
  headerBytes: number
  /** Hex. */
  sha256: string
  /** To the sample, as a gapless player plays it. */
  durationSeconds: number
  bitrateKbps: number
  channels: number
  sampleRateHz: number
}>

/** What a finished MP3 is. Throws when it has no Xing or Info tag: ours always do. */
export async function describeMp3(path: string): Promise<Mp3Description> {
  const header = await readMp3Header(path)
  if (!header?.stream) throw new Error(`${path} is not an MP3 with a Xing or Info tag`)
  const { headerBytes, frame, stream } = header
  const { bitrateKbps, channels, sampleRateHz } = frame
  const content = await hashFile(path)
  return {
    ...content,
    headerBytes,
    durationSeconds: stream.samples / sampleRateHz,
    bitrateKbps,
    channels,
    sampleRateHz,
  }
}

async function hashFile(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
