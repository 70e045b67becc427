import { open } from 'node:fs/promises'

/** Plain samples in a file, interleaved, at the rate that is published. */
export type Pcm = Readonly<{
  path: string
  /** Bytes before the first sample. */
  offset: number
  encoding: PcmEncoding
  channels: 1 | 2
  /** Of each channel. */
  samples: number
}>

export type PcmEncoding = keyof typeof sampleBytes

export const sampleBytes = { s16le: 2, s24le: 3, f32le: 4 } as const

/** Reads any part of a PCM file. Close it. */
export type PcmReader = Readonly<{
  /**
   * The samples from `start` up to `end`, one array a channel, full scale at ±1; silence where the recording has none. The arrays
   * are overwritten by the next call.
   */
  read(start: number, end: number): Promise<readonly Float32Array[]>
  close(): Promise<void>
}>

export async function openPcm({ path, offset, encoding, channels, samples }: Pcm): Promise<PcmReader> {
  const file = await open(path)
  const bytesPerSample = sampleBytes[encoding] * channels
  let bytes = Buffer.alloc(0)
  let planes: Float32Array[] = []

  return {
    async read(start, end) {
      const length = end - start
      if ((planes[0]?.length ?? 0) < length) planes = Array.from({ length: channels }, () => new Float32Array(length))
      const from = Math.max(0, start)
      const wanted = Math.max(0, Math.min(end, samples) - from)
      if (bytes.length < wanted * bytesPerSample) bytes = Buffer.alloc(wanted * bytesPerSample)
      const found = await readFully(bytes.subarray(0, wanted * bytesPerSample), offset + from * bytesPerSample)
      const present = Math.floor(found / bytesPerSample)
      return planes.map((plane, channel) => {
        const target = plane.subarray(0, length)
        target.fill(0, 0, from - start)
        decode[encoding](bytes, target.subarray(from - start, from - start + present), channel, channels)
        target.fill(0, from - start + present)
        return target
      })
    },
    close: () => file.close(),
  }

  async function readFully(target: Buffer, position: number): Promise<number> {
    let filled = 0
    while (filled < target.length) {
      const { bytesRead } = await file.read(target, filled, target.length - filled, position + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return filled
  }
}

type Decode = (bytes: Buffer, plane: Float32Array, channel: number, channels: number) => void

/** Typed arrays are little-endian on every machine that Node runs on. */
const decode: Readonly<Record<PcmEncoding, Decode>> = {
  s16le(bytes, plane, channel, channels) {
    const values = new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1)
    for (let i = 0, at = channel; i < plane.length; i++, at += channels) plane[i] = (values[at] as number) / 32_768
  },
  s24le(bytes, plane, channel, channels) {
    for (let i = 0, at = channel * 3; i < plane.length; i++, at += channels * 3) {
      plane[i] =
        (((bytes[at] as number) << 8) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 24)) / 2 ** 31
    }
  },
  f32le(bytes, plane, channel, channels) {
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
    // What is no number would silence the encoder for good.
    for (let i = 0, at = channel; i < plane.length; i++, at += channels) plane[i] = finite(values[at] as number)
  },
}

const finite = (value: number) => (value > -64 && value < 64 ? value : 0)
