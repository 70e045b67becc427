/**
 * About how many seconds of a processor a test file takes, where that is more than two. From a run in which each was measured;
 * they need not be exact: they say what shares a process, and what begins first.
 */
const secondsOf: Readonly<Record<string, number>> = {
  'accounts/authenticate': 4,
  'admin/catalogue': 6,
  'admin/sign-in': 4,
  'analytics/delivered': 3,
  'analytics/ingest/behind-nginx': 6,
  'analytics/ingest/ingest-log': 7,
  'analytics/roll-up': 15,
  'artwork/inspect-artwork': 4,
  'artwork/render-apart': 5,
  'artwork/render-artwork': 8,
  'audio/aac/tag-aac': 4,
  'audio/cancel': 4,
  'audio/encode/encode': 20,
  'audio/hostile-lengths': 18,
  'audio/hostile-names': 16,
  'audio/hostile-tags': 18,
  'audio/hostile-wav': 30,
  'audio/keep-audio': 14,
  'audio/loudness/measure': 10,
  'audio/make-aac': 17,
  'audio/mp3/join-mp3': 4,
  'audio/mp3/keep-frames': 14,
  'audio/pcm/spool': 8,
  'audio/produce': 60,
  'audio/recording/read-chapters': 14,
  'audio/recording/read-tags': 3,
  'audio/recording/recognise': 4,
  'audio/refusals': 11,
  'audio/transcriber/transcriber': 5,
  'feeds/generated-shows': 10,
  'journey/aborted': 15,
  'journey/browser': 18,
  'journey/database-gone': 9,
  'journey/finished-audio': 35,
  'journey/first-start': 17,
  'journey/interrupted': 32,
  'journey/kill-under-load': 7,
  'journey/minute-rule': 7,
  'journey/moving': 12,
  'journey/one-episode': 17,
  'journey/paused-listener': 10,
  'journey/several-processes': 34,
  'journey/show-health': 5,
  'journey/told': 13,
  'journey/transcribing': 8,
  'journey/waveform': 6,
  'uploads/add-aac': 25,
  'uploads/artwork': 10,
  'uploads/hostile': 20,
  'uploads/process-upload': 40,
  'uploads/render-old-artwork': 6,
  'uploads/retag-episode': 12,
  'uploads/sweep-storage': 4,
  'uploads/transcribe-episode': 16,
  'uploads/trouble': 4,
}
const shortSeconds = 1.5

/** What measures or changes something that belongs to its whole process: memory, open files, the names of hosts, children. */
const loners = [
  'analytics/ingest/ingest-log',
  'audio/orphan',
  'engines/engines',
  'platform/guarded-fetch',
  'platform/s3-incoming',
  'shows/ask-text-thread',
  'web/silence',
]

/** All files of which something is said here. */
export const known: readonly string[] = [...Object.keys(secondsOf), ...loners]

/** To start Node with all that a station needs takes two seconds, so that those who share a process save much. */
const secondsTogether = 25

type Group = Readonly<{ files: string[]; seconds: number }>

/**
 * Says which test files, by their paths below dist/test, share a process, the longest first, so that nothing long is left to wait for
 * at the end. Only files of one room share one.
 */
export function groupFiles(files: readonly string[]): Group[] {
  const groups: { files: string[]; seconds: number }[] = []
  const open = new Map<string, (typeof groups)[0]>()
  for (const file of files) {
    const name = file.replace(/\.test\.js$/, '')
    const room = file.includes('/') ? (file.split('/')[0] ?? '') : ''
    const seconds = secondsOf[name] ?? shortSeconds
    const shared = loners.includes(name) ? undefined : open.get(room)
    if (shared && shared.seconds + seconds <= secondsTogether) {
      shared.files.push(file)
      shared.seconds += seconds
      continue
    }
    const group = { files: [file], seconds }
    groups.push(group)
    if (!loners.includes(name) && (!shared || seconds < shared.seconds)) open.set(room, group)
  }
  return groups.sort((one, other) => other.seconds - one.seconds)
}
