import { fileTypeFromBuffer } from 'file-type'

export type Recognition = { kind: 'audio' } | { kind: 'refused'; reason: string }

const longestHead = 64 * 1024
const formats = 'Upload WAV, FLAC, MP3, M4A, OGG or another audio file.'

/**
 * Decides by the first bytes of a file (64 KiB at most are looked at) whether it can be a recording; the name is only for the
 * sentence. What is not known passes: the probe decides later. Never throws.
 */
export async function recogniseRecording(head: Buffer, filename: string): Promise<Recognition> {
  const start = head.subarray(0, longestHead)
  const what = start.length === 0 ? ['empty'] : ((await foreignType(start)) ?? textType(start))
  if (!what) return { kind: 'audio' }
  const [kind, advice = formats] = what
  return { kind: 'refused', reason: `“${filename}” is ${kind}, not a recording. ${advice}` }
}

/** What it is, and what to do when that is not simply to upload something else. */
type What = [kind: string, advice?: string]

/** Undefined for sound and for what file-type does not know. */
async function foreignType(start: Buffer): Promise<What | undefined> {
  const type = await fileTypeFromBuffer(start).catch(() => undefined)
  if (!type || isSound(type.mime)) return
  const name = type.ext.toUpperCase()
  if (type.mime.startsWith('image/')) return [`${article(name)} ${name} image`]
  if (archives.has(type.ext)) return [`${article(name)} ${name} archive`, 'Unpack it and upload the recording inside.']
  if (programs.has(type.ext)) return ['a program']
  return named[type.ext] ?? [`${article(name)} ${name} file`]
}

const isSound = (mime: string) => (/^(audio|video)\//.test(mime) && mime !== 'audio/midi') || soundInDisguise.has(mime)

const soundInDisguise = new Set(['application/ogg', 'application/vnd.ms-asf'])
const archives = new Set(['zip', 'rar', '7z', 'gz', 'tar', 'tar.gz', 'bz2', 'xz', 'zst', 'lz4'])
const programs = new Set(['elf', 'exe', 'macho', 'deb', 'rpm', 'dmg', 'wasm'])
const named: Readonly<Record<string, What>> = {
  sqlite: ['an Audacity project or a database', 'Export the audio from your editor, as WAV or FLAC, and upload that.'],
  mid: [
    'a MIDI file: it has notes but no sound',
    'Export the audio from your editor, as WAV or FLAC, and upload that.',
  ],
  pdf: ['a PDF document'],
  docx: ['a Word document'],
  vtt: ['a transcript'],
  srt: ['a transcript'],
}

/** Letters that are spoken with a vowel first: “an MP4”, “a PNG”. */
const article = (name: string) => (/^[AEFHILMNORSX]/.test(name) ? 'an' : 'a')

/** Undefined when these bytes are no text: UTF-8 without control characters. */
function textType(start: Buffer): What | undefined {
  const text = decode(start)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what tells sound from text
  if (text === undefined || /[\x00-\x08\x0e-\x1f\x7f]/.test(text)) return
  return texts.find(([pattern]) => pattern.test(text))?.[1] ?? ['a text file']
}

const texts: readonly (readonly [RegExp, What])[] = [
  [
    /^\s*(#EXTM3U|ffconcat|\[playlist\])/i,
    ['a playlist: it only names recordings that are elsewhere', 'Upload the recording.'],
  ],
  [
    /^\s*<(!doctype html|html|head|body)\b/i,
    ['a web page', 'Perhaps the download asked for a sign-in first: open it, and upload the recording.'],
  ],
  [/^(WEBVTT|\d+\r?\n\d\d:\d\d:)/, ['a transcript', 'Upload the recording here first.']],
  [/^\s*[[{]/, ['a JSON document']],
]

/** A character cut in two at the end is no mistake: `stream` waits for the rest. */
function decode(start: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true })
  } catch {
    return undefined
  }
}
