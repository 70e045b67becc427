import { encodeTexts } from './text.ts'

type Picture = Readonly<{ type: string; bytes: Uint8Array; kind: 'other' | 'cover' }>

/** A frame of an ID3v2.3 tag (§3.3): four letters, the size as a plain 32-bit number, no flags, the body. */
export function frame(id: string, ...body: readonly Uint8Array[]): Buffer {
  const header = Buffer.alloc(10)
  header.write(id, 'latin1')
  header.writeUInt32BE(
    body.reduce((sum, part) => sum + part.length, 0),
    4,
  )
  return Buffer.concat([header, ...body])
}

/** T000 to TZZZ (§4.2). */
export function textFrame(id: string, text: string): Buffer {
  const { encoding, texts } = encodeTexts([text])
  return frame(id, encoding, ...texts)
}

/** COMM (§4.11) with an empty description, which is where players look; the language has three letters. */
export function commentFrame(text: string, language: string): Buffer {
  const { encoding, end, texts } = encodeTexts(['', text])
  const [description = end, comment = end] = texts
  return frame('COMM', encoding, latin1(language), description, end, comment)
}

/** WXXX (§4.3.2) without a description; the address is ASCII. */
export const linkFrame = (url: string) => frame('WXXX', latin1('\0\0'), latin1(url))

/** APIC (§4.15) without a description: type 3 is the front cover, 0 is any other picture. */
export function pictureFrame({ type, bytes, kind }: Picture): Buffer {
  return frame('APIC', latin1(`\0${type}\0${kind === 'cover' ? '\x03' : '\0'}\0`), bytes)
}

const latin1 = (text: string) => Buffer.from(text, 'latin1')
