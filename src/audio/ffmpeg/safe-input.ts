import path from 'node:path'

/** A file that somebody sent. */
export type StrangersFile = Readonly<{
  path: string
  /** The demuxer that opens it, whatever it looks like. */
  container?: string
  /** So many bytes at its start are not looked at. */
  skipBytes?: number
}>

/** Demuxers for what recorders, phones and editors make. None of them opens a second file. */
const demuxers = [
  ...['wav', 'w64', 'aiff', 'caf', 'au'],
  ...['flac', 'wv', 'ape', 'tta'],
  ...['mp3', 'aac', 'amr', 'ogg', 'mov', 'matroska', 'asf', 'avi', 'mpegts'],
]
/** Of memory in one piece, in bytes: what an honest recording never needs. */
const largestPiece = 512 * 1024 ** 2

/**
 * The arguments with which ffmpeg and ffprobe open a stranger's file: that file and nothing else. A playlist, a concat
 * list or a picture is refused before it is read, whatever its name is.
 */
export function safeInput({ path: file, container, skipBytes = 0 }: StrangersFile): { options: string[]; url: string } {
  const format = container ? ['-f', container] : []
  const skip = skipBytes > 0 ? ['-skip_initial_bytes', String(skipBytes)] : []
  const limits = ['-max_alloc', String(largestPiece)]
  return {
    options: [...limits, '-protocol_whitelist', 'file', '-format_whitelist', demuxers.join(','), ...format, ...skip],
    // Without `file:` a name like `concat:a|b` or `http:…` would choose the protocol.
    url: `file:${path.resolve(file)}`,
  }
}
