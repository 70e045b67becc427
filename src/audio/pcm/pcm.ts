import { closeSync, openSync, readSync } from 'node:fs'

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

/** 40 dB above full scale: no recorder's floats go further, not those of field recorders that are turned up far too high. */
export const loudestSample = 100

/** Samples that are no sound, and read as silence: floats that are no numbers, or louder than `loudestSample`. */
export type Unusable = Readonly<{
  samples: number
  /** The highest of those that are numbers; 0 when there is none. */
  peak: number
}>

/** Reads any part of a PCM file, and holds its thread meanwhile: promises cost more than the reading. Close it. */
export type PcmReader = Readonly<{
  /**
   * The samples from `start` up to `end` (counted for one channel), interleaved, full scale at ±1; silence where the recording has
   * none. The array is overwritten by the next call.
   */
  read(start: number, end: number): Float32Array
  /** Among all that was read so far; what was read twice counts twice. */
  unusable(): Unusable
  close(): void
}>

export function openPcm({ path, offset, encoding, channels, samples }: Pcm): PcmReader {
  const file = openSync(path, 'r')
  const frameBytes = sampleBytes[encoding] * channels
  let bytes = Buffer.alloc(0)
  let decoded = new Float32Array()
  const unusable = { samples: 0, peak: 0 }

  return {
    read(start, end) {
      const length = (end - start) * channels
      if (decoded.length < length) decoded = new Float32Array(length)
      const from = Math.max(0, start)
      const wantedBytes = Math.max(0, Math.min(end, samples) - from) * frameBytes
      if (bytes.length < wantedBytes) bytes = Buffer.alloc(wantedBytes)
      const foundBytes = fill(file, bytes.subarray(0, wantedBytes), offset + from * frameBytes)
      const first = (from - start) * channels
      const last = first + Math.floor(foundBytes / frameBytes) * channels
      decoded.fill(0, 0, first)
      decode[encoding](bytes, decoded.subarray(first, last), unusable)
      decoded.fill(0, last, length)
      return decoded.subarray(0, length)
    },
    unusable: () => ({ ...unusable }),
    close: () => closeSync(file),
  }
}

/** As many bytes as the file has from there on. */
function fill(file: number, bytes: Buffer, position: number): number {
  let filled = 0
  for (let read = -1; read !== 0 && filled < bytes.length; filled += read) {
    read = readSync(file, bytes, filled, bytes.length - filled, position + filled)
  }
  return filled
}

type Decode = (bytes: Buffer, samples: Float32Array, unusable: { samples: number; peak: number }) => void

/** Typed arrays are little-endian on every machine that Node runs on. */
const decode: Readonly<Record<PcmEncoding, Decode>> = {
  s16le(bytes, samples) {
    const values = new Int16Array(bytes.buffer, bytes.byteOffset, samples.length)
    for (let i = 0; i < samples.length; i++) samples[i] = (values[i] as number) / 32_768
  },
  s24le(bytes, samples) {
    for (let i = 0, at = 0; i < samples.length; i++, at += 3) {
      const value = ((bytes[at] as number) << 8) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 24)
      samples[i] = value / 2 ** 31
    }
  },
  f32le(bytes, samples, unusable) {
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, samples.length)
    for (let i = 0; i < samples.length; i++) {
      const value = values[i] as number
      if (value > -loudestSample && value < loudestSample) samples[i] = value
      else {
        // What is no number would silence the encoder for good.
        samples[i] = 0
        unusable.samples++
        if (Number.isFinite(value)) unusable.peak = Math.max(unusable.peak, Math.abs(value))
      }
    }
  },
}
