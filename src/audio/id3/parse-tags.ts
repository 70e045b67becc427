import type { FoundTags } from '../recording/tidy-tags.ts'
import { type AttachedPicture, parsePicture } from './picture.ts'
import { decodeText } from './text.ts'
import { type Frame, type Id3Tag, walkFrames } from './walk-frames.ts'

const longestTextBytes = 8 * 1024
const frontCover = 3

/** What a tag says about the whole recording, as it stands; undefined when it says nothing. Of two frames of a kind, the first counts. */
export function parseId3Tags(tag: Id3Tag): FoundTags | undefined {
  const texts = new Map<string, string>()
  const pictures: AttachedPicture[] = []
  for (const frame of walkFrames(tag)) {
    if (frame.id === 'APIC') pictures.push(parsePicture(frame.body))
    else if (!texts.has(frame.id)) readText(frame, texts)
  }
  if (texts.size === 0 && pictures.length === 0) return
  const cover = pictures.find(({ kind }) => kind === frontCover) ?? pictures[0]
  return {
    title: texts.get('TIT2'),
    artist: texts.get('TPE1'),
    album: texts.get('TALB'),
    // Of 2.4 and 2.3; both begin with the year.
    year: Number.parseInt(texts.get('TDRC') ?? texts.get('TYER') ?? '', 10) || undefined,
    comment: texts.get('COMM'),
    cover: cover?.bytes,
  }
}

const textFrames = new Set(['TIT2', 'TPE1', 'TALB', 'TDRC', 'TYER'])

function readText({ id, body }: Frame, texts: Map<string, string>): void {
  const [encoding = 0] = body
  const content = body.subarray(1, longestTextBytes)
  if (textFrames.has(id)) texts.set(id, decodeText(encoding, content).text)
  if (id === 'COMM') readComment(encoding, content, texts)
}

/** Language of three letters, description, end mark, text. Those with a description are notes of one program to itself. */
function readComment(encoding: number, content: Buffer, texts: Map<string, string>): void {
  const { text: description, rest } = decodeText(encoding, content.subarray(3))
  if (description === '') texts.set('COMM', decodeText(encoding, rest).text)
}
