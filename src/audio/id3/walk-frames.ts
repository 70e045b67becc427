/** ID3v2.3 or 2.4 (the major version), and its frames: unsynchronisation is undone if it covered the whole tag. */
export type Id3Tag = Readonly<{ version: number; body: Buffer }>

export type Frame = Readonly<{ id: string; body: Buffer }>

const headerBytes = 10
/** Millions of empty frames fit into a large tag. */
const mostFrames = 20_000

/** The frames up to the padding, or to the first that is cut off. Those that are compressed or encrypted are passed over. */
export function* walkFrames({ version, body }: Id3Tag): Generator<Frame> {
  for (let at = 0, count = 0; count < mostFrames && isFrame(body, at); count++) {
    const start = at + headerBytes
    at = start + frameSize(body, at, version)
    if (at > body.length) return
    const content = frameContent(body.subarray(start, at), body[start - 1] ?? 0, version)
    if (content) yield { id: body.toString('latin1', start - headerBytes, start - headerBytes + 4), body: content }
  }
}

const isFrame = (body: Buffer, at: number) =>
  at + headerBytes <= body.length && /^[A-Z][A-Z0-9]{3}$/.test(body.toString('latin1', at, at + 4))

/** In 2.4 seven bits a byte; some programs write it plain all the same: then the next frame stands where that says. */
function frameSize(body: Buffer, at: number, version: number): number {
  const plain = body.readUInt32BE(at + 4)
  if (version < 4) return plain
  if (plain & 0x8080_8080) return plain
  const size = sevenBits(body.subarray(at + 4, at + 8))
  const leadsOn = (bytes: number) => {
    const next = at + headerBytes + bytes
    return next === body.length || body[next] === 0 || isFrame(body, next)
  }
  return !leadsOn(size) && leadsOn(plain) ? plain : size
}

/** A number of 28 bits in four bytes (ID3v2.4 structure §6.2). */
export const sevenBits = (bytes: Buffer) => bytes.reduce((sum, byte) => sum * 128 + (byte & 127), 0)

/** By the second flag byte (ID3v2.3 §3.3.1, ID3v2.4 structure §4.1). */
function frameContent(body: Buffer, flags: number, version: number): Buffer | undefined {
  if (version < 4) return flags & 0xc0 ? undefined : body.subarray(flags & 0x20 ? 1 : 0)
  const [isGrouped, isPacked, isUnsynchronised, hasLength] = [flags & 0x40, flags & 0x0c, flags & 2, flags & 1]
  if (isPacked) return
  const content = body.subarray((isGrouped ? 1 : 0) + (hasLength ? 4 : 0))
  return isUnsynchronised ? resynchronise(content) : content
}

/** Takes out the zeros that were put behind each byte of ones (ID3v2.3 §5). */
export function resynchronise(bytes: Buffer): Buffer {
  const result = Buffer.alloc(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0 && bytes[at - 1] === 0xff) continue
    result[length++] = bytes[at] as number
  }
  return result.subarray(0, length)
}
