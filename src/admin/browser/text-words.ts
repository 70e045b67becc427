import type { EpisodeView } from '../../shows/schemas.ts'

/** Which chapters an episode has, as a sentence. */
export function chapterWords(chapters: EpisodeView['chapters']): string {
  if (!chapters) return 'None yet. Times in the show notes count too: lines like 12:34 Title.'
  const { count, origin, mayBeOff } = chapters
  return `${count} ${count === 1 ? 'chapter' : 'chapters'}${chapterOrigins[origin] ?? ''}.${mayBeOff ? offWords : ''}`
}

/** Which transcript an episode has, as a sentence. */
export function transcriptWords(transcript: EpisodeView['transcript']): string {
  if (!transcript) return 'None yet.'
  const { language, origin, mayBeOff } = transcript
  const times = origin === 'text/plain' ? ', without times' : ''
  return `A transcript (${language})${times}.${mayBeOff ? offWords : ''}`
}

const chapterOrigins: Readonly<Record<string, string>> = {
  recording: ' from the recording',
  notes: ' from the times in the show notes',
}

const offWords = ' The recording was replaced since: the times may be off.'

/** The content type of a file by its name: browsers do not know most of these. */
export const textType = (filename: string): string =>
  types.get(/\.(\w+)$/.exec(filename)?.[1]?.toLowerCase() ?? '') ?? 'application/octet-stream'

const types = new Map([
  ['json', 'application/json'],
  ['psc', 'application/xml'],
  ['srt', 'application/x-subrip'],
  ['txt', 'text/plain'],
  ['vtt', 'text/vtt'],
  ['xml', 'application/xml'],
])
