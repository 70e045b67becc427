/** ID3's text encodings, by the byte that announces them (ID3v2.4 structure §4). */
const decoders = [
  (bytes: Buffer) => bytes.toString('latin1'),
  (bytes: Buffer) => new TextDecoder(bytes[0] === 0xfe ? 'utf-16be' : 'utf-16le').decode(bytes),
  (bytes: Buffer) => new TextDecoder('utf-16be').decode(bytes),
  (bytes: Buffer) => new TextDecoder('utf-8').decode(bytes),
]

/**
 * Texts of one frame, in the encoding that fits them all: ISO-8859-1 if they are ASCII, else UTF-16 with a byte order mark.
 * Not beyond ASCII, because old players take the first for the code page of their country.
 */
export function encodeTexts(texts: readonly string[]): { encoding: Buffer; end: Buffer; texts: Buffer[] } {
  const isAscii = texts.every((text) => /^[^\u0080-\uffff]*$/.test(text))
  return {
    encoding: Buffer.from([isAscii ? 0 : 1]),
    end: Buffer.alloc(isAscii ? 1 : 2),
    texts: texts.map((text) => (isAscii ? Buffer.from(text, 'latin1') : Buffer.from(`\ufeff${text}`, 'utf16le'))),
  }
}

/** The text up to its end mark, and the bytes behind that. An unknown encoding is read as ISO-8859-1. */
export function decodeText(encoding: number, bytes: Buffer): { text: string; rest: Buffer } {
  const decode = decoders[encoding] ?? decoders[0]
  const { text, rest } = splitText(encoding, bytes)
  return { text: decode?.(text) ?? '', rest }
}

/** The bytes behind the end mark of a text; none where there is no end mark. */
export const skipText = (encoding: number, bytes: Buffer): Buffer => splitText(encoding, bytes).rest

function splitText(encoding: number, bytes: Buffer): { text: Buffer; rest: Buffer } {
  const isWide = encoding === 1 || encoding === 2
  const end = isWide ? findWideEnd(bytes) : bytes.indexOf(0)
  if (end < 0) return { text: bytes, rest: Buffer.alloc(0) }
  return { text: bytes.subarray(0, end), rest: bytes.subarray(end + (isWide ? 2 : 1)) }
}

function findWideEnd(bytes: Buffer): number {
  for (let at = 0; at + 1 < bytes.length; at += 2) if (bytes[at] === 0 && bytes[at + 1] === 0) return at
  return -1
}
