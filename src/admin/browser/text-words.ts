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
  return `A transcript (${language})${transcriptOrigins[origin] ?? ''}.${mayBeOff ? offWords : ''}`
}

/** What becomes of the wish to transcribe an episode, as a sentence; empty when there is nothing to tell. */
export function transcriptionWords(transcription: EpisodeView['transcription']): string {
  if (!transcription) return ''
  const { state, reason = '' } = transcription
  if (state === 'cancelled') return `No transcript was made. ${reason}`
  return state === 'failed' ? reason : (transcriptionStates[state] ?? '')
}

const chapterOrigins: Readonly<Record<string, string>> = {
  recording: ' from the recording',
  notes: ' from the times in the show notes',
}

const transcriptOrigins: Readonly<Record<string, string>> = {
  'text/plain': ', without times',
  transcriber: ', made by this station',
}

const transcriptionStates: Readonly<Record<string, string>> = {
  waiting: 'The audio waits for its turn to be transcribed.',
  transcribing: 'The audio is being transcribed.',
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
