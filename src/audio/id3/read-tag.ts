import type { FileHandle } from 'node:fs/promises'
import { readBytes } from '../read-bytes.ts'
import { type Id3Tag, resynchronise, sevenBits } from './walk-frames.ts'

/** Of a tag in a file: at the start of it unless told, and no longer than told. */
export type Place = Readonly<{ start?: number; bytes?: number }>

const headerBytes = 10
/** A tag can have 256 MiB; what follows behind these is not looked at. */
const longestTag = 64 * 1024 ** 2

/** The ID3v2.3 or 2.4 tag at that place of a file, in one piece of at most 64 MiB; undefined when none stands there. */
export async function readId3Tag(file: FileHandle, { start = 0, bytes: room }: Place): Promise<Id3Tag | undefined> {
  const header = await readBytes(file, start, headerBytes)
  const version = header[3]
  if (header.length < headerBytes || header.toString('latin1', 0, 3) !== 'ID3') return
  if (version !== 3 && version !== 4) return
  const flags = header.readUInt8(5)
  const size = Math.min(sevenBits(header.subarray(6)), room ?? longestTag, longestTag)
  const bytes = await readBytes(file, start + headerBytes, size)
  // In 2.4 the frames say it themselves.
  const body = version === 3 && flags & 0x80 ? resynchronise(bytes) : bytes
  return { version, body: flags & 0x40 ? skipExtendedHeader(body, version) : body }
}

/** Its size counts itself in 2.4, but not in 2.3. */
function skipExtendedHeader(body: Buffer, version: number): Buffer {
  if (body.length < 4) return body
  return body.subarray(version === 3 ? 4 + body.readUInt32BE(0) : sevenBits(body.subarray(0, 4)))
}
