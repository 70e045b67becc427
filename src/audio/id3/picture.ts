import { skipText } from './text.ts'

export type AttachedPicture = Readonly<{
  /** 3 is the front cover. */
  kind: number
  bytes: Buffer
}>

/** APIC (ID3v2.3 §4.15): encoding, media type, end mark, kind, description, end mark, picture. */
export function parsePicture(body: Buffer): AttachedPicture {
  const [encoding = 0] = body
  const rest = skipText(0, body.subarray(1))
  return { kind: rest[0] ?? 0, bytes: skipText(encoding, rest.subarray(1)) }
}
