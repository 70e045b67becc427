import path from 'node:path'

/** Demuxers for what recorders, phones and editors make. None of them opens a second file. */
const demuxers = [
  ...['wav', 'w64', 'aiff', 'caf', 'au'],
  ...['flac', 'wv', 'ape', 'tta'],
  ...['mp3', 'aac', 'amr', 'ogg', 'mov', 'matroska', 'asf', 'avi', 'mpegts'],
]

/**
 * The arguments with which ffmpeg and ffprobe open a stranger's file: that file and nothing else. A playlist, a concat
 * list or a picture is refused before it is read, whatever its name is. `container` fixes the demuxer.
 */
export function safeInput(file: string, container?: string): { options: string[]; url: string } {
  const format = container ? ['-f', container] : []
  return {
    options: ['-protocol_whitelist', 'file', '-format_whitelist', demuxers.join(','), ...format],
    // Without `file:` a name like `concat:a|b` or `http:…` would choose the protocol.
    url: `file:${path.resolve(file)}`,
  }
}
