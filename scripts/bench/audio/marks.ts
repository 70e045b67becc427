import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { findBinaries } from '../../../src/audio/ffmpeg/binaries.ts'

/** How many chapters, and whether a cover, ffprobe finds in a file. */
export async function marksOf(file: string): Promise<string> {
  const { ffprobe } = await findBinaries()
  const asked = ['-v', 'error', '-show_chapters', '-show_streams', '-of', 'json', file]
  const { stdout } = await promisify(execFile)(ffprobe, asked)
  const { chapters, streams } = JSON.parse(stdout) as { chapters: unknown[]; streams: { codec_type: string }[] }
  const hasCover = streams.some((stream) => stream.codec_type === 'video')
  return `${chapters.length} chapters and ${hasCover ? 'a' : 'no'} cover`
}
