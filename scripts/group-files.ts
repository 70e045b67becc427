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
  'engines/engines': 7,
  'feeds/generated-shows': 5,
  'feeds/push/in-time': 5,
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
  'platform/database-tables': 6,
  'platform/s3-incoming': 7,
  'platform/s3-storage': 6,
  'scripts/ingest-log': 17,
  'scripts/recount': 11,
  'scripts/sample': 6,
  'shows/ask-text-thread': 6,
  'uploads/add-aac': 25,
  'uploads/artwork': 10,
  'uploads/hostile': 20,
  'uploads/process-upload': 40,
  'uploads/render-old-artwork': 6,
  'uploads/retag-episode': 12,
  'uploads/sweep-storage': 4,
  'uploads/transcribe-episode': 16,
  'uploads/trouble': 4,
  'web/silence': 7,
  worker: 7,
}
const shortSeconds = 1.5

/**
 * What measures or changes something that belongs to its whole process: memory, open files, the names of hosts, children. And what waits
 * for its own tests while it is read: tap ends a process that has nothing to do for a moment, such as before the next file is read.
 */
const loners = [
  'analytics/ingest/ingest-log',
  'audio/orphan',
  'engines/engines',
  'platform/database-tables',
  'platform/guarded-fetch',
  'platform/s3-incoming',
  'platform/schema',
  'shows/ask-text-thread',
  'web/silence',
]

/** All files of which something is said here. */
export const known: readonly string[] = [...Object.keys(secondsOf), ...loners]

/** To start Node with all that a station needs takes two seconds, so that those who share a process save much. */
const secondsTogether = 40

type Group = { files: string[]; seconds: number }

/**
 * Says which test files, by their paths below dist/test, share a process, the longest first, so that nothing long is left to wait for
 * at the end. Only files of one room share one.
 */
export function groupFiles(files: readonly string[]): Group[] {
  const groups: (Group & { room: string })[] = []
  const weighed = files.map((file) => ({ file, name: file.replace(/\.test\.js$/, '') }))
  for (const { file, name } of weighed.sort((one, other) => secondsFor(other.name) - secondsFor(one.name))) {
    const isAlone = loners.includes(name)
    const room = isAlone ? name : (/^(.*?)\//.exec(file)?.[1] ?? '')
    const seconds = secondsFor(name)
    const shared = groups.find((group) => group.room === room && group.seconds + seconds <= secondsTogether)
    if (shared) {
      shared.files.push(file)
      shared.seconds += seconds
    } else groups.push({ room, files: [file], seconds })
  }
  return groups.sort((one, other) => other.seconds - one.seconds).map(({ files, seconds }) => ({ files, seconds }))
}

const secondsFor = (name: string) => secondsOf[name] ?? shortSeconds
