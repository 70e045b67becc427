import { randomBytes } from 'node:crypto'
import type { ByteRange } from '../core/storage.ts'
import type { Part } from './send-blocks.ts'

/** As `writeHead` takes them: name, value, name, value. An object of so many takes ten times as long to make. */
export type RawHeaders = readonly (string | number)[]

/** What is sent, and the headers that tell of it. */
export type Body = Readonly<{
  status: 200 | 206
  headers: RawHeaders
  parts: readonly Part[]
  bytes: number
}>

type Media = Readonly<{ type: string; bytes: number }>

/** The whole, one range of it, or several as multipart/byteranges (RFC 9110 §14.6). */
export function bodyOf(media: Media, ranges: readonly ByteRange[] | undefined): Body {
  if (ranges === undefined) return whole(media)
  const [range] = ranges
  return range && ranges.length === 1 ? single(media, range) : several(media, ranges)
}

function whole({ type, bytes }: Media): Body {
  const parts = bytes > 0 ? [{ start: 0, end: bytes - 1 }] : []
  return { status: 200, headers: ['content-type', type, 'content-length', bytes], parts, bytes }
}

function single(media: Media, range: ByteRange): Body {
  const bytes = lengthOf(range)
  const headers = ['content-type', media.type, 'content-length', bytes, 'content-range', contentRange(range, media)]
  return { status: 206, headers, parts: [range], bytes }
}

function several(media: Media, ranges: readonly ByteRange[]): Body {
  const boundary = randomBytes(12).toString('hex')
  const parts = ranges.flatMap((range, index): Part[] => [head(media, range, boundary, index === 0), range])
  parts.push(Buffer.from(`\r\n--${boundary}--\r\n`))
  const bytes = parts.reduce((sum, part) => sum + lengthOf(part), 0)
  const headers = ['content-type', `multipart/byteranges; boundary=${boundary}`, 'content-length', bytes]
  return { status: 206, headers, parts, bytes }
}

const head = (media: Media, range: ByteRange, boundary: string, isFirst: boolean) =>
  Buffer.from(
    `${isFirst ? '' : '\r\n'}--${boundary}\r\ncontent-type: ${media.type}\r\ncontent-range: ${contentRange(range, media)}\r\n\r\n`,
  )

const contentRange = ({ start, end }: ByteRange, { bytes }: Media) => `bytes ${start}-${end}/${bytes}`

const lengthOf = (part: Part) => (Buffer.isBuffer(part) ? part.length : part.end - part.start + 1)
