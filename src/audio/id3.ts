import type { RecordedChapter } from './chapter.ts'

/** What a published MP3 says about itself. */
export type Mp3Tags = Readonly<{
  title?: string
  artist?: string
  album?: string
  number?: number
  year?: number
  comment?: string
  language?: string
  genre?: string
  cover?: Readonly<{ type: 'image/jpeg'; bytes: Uint8Array }>
  chapters: readonly RecordedChapter[]
  durationSeconds?: number
}>

const unitBytes = 64 * 1024

/** An ID3v2.3 tag with padding: exactly `bytes` long when it fits, else the next multiple of 64 KiB. */
export function tagArea({ title, artist, album }: Mp3Tags, { bytes = unitBytes }: { bytes?: number } = {}): Buffer {
  const frames = Buffer.concat([text('TIT2', title), text('TPE1', artist), text('TALB', album)])
  const needed = 10 + frames.length
  const area = Buffer.alloc(needed <= bytes ? bytes : Math.ceil(needed / unitBytes) * unitBytes)
  area.write('ID3\x03', 0, 'latin1')
  for (let index = 0; index < 4; index += 1) area[6 + index] = ((area.length - 10) >> (21 - 7 * index)) & 127
  frames.copy(area, 10)
  return area
}

/** UTF-16 with a byte order mark. */
function text(name: string, value: string | undefined): Buffer {
  if (!value) return Buffer.alloc(0)
  const body = Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(value, 'utf16le')])
  const header = Buffer.alloc(10)
  header.write(name, 0, 'latin1')
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}
