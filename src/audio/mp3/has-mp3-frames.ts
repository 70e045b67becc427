import { readPart } from '../read-bytes.ts'
import { parseMpegFrame } from './mpeg-frame.ts'

const searchedBytes = 4 * 1024 ** 2
/** So many headers in a row, each where the one before says, do not come by chance. */
const framesInRow = 8

/** Whether MP3 frames begin somewhere in the 4 MiB behind a place: behind junk, ffprobe does not find them by itself. */
export async function hasMp3Frames(path: string, position: number): Promise<boolean> {
  const bytes = await readPart(path, position, searchedBytes)
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (countFrames(bytes, at) === framesInRow) return true
  }
  return false
}

function countFrames(bytes: Buffer, start: number): number {
  let count = 0
  for (let at = start; count < framesInRow; count++) {
    const frame = parseMpegFrame(bytes, at)
    if (!frame) break
    at += frame.bytes
  }
  return count
}
