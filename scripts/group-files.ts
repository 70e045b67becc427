/** Rooms whose tests are short: to start Node with all that a station needs takes longer than one file of them. */
const shortRooms = ['accounts', 'admin', 'analytics', 'core', 'delivery', 'feeds', 'platform', 'shows', 'site', 'web']

/** Files there that measure or change what belongs to their whole process, or take long. */
const loners = [
  'analytics/ingest/ingest-log.test.js',
  'analytics/roll-up.test.js',
  'feeds/generated-shows.test.js',
  'platform/guarded-fetch.test.js',
  'platform/s3-incoming.test.js',
  'shows/ask-text-thread.test.js',
]

const mostTogether = 8

/** Says which test files, by their paths below dist/test, share a process: up to eight of a short room, in the order given. */
export function groupFiles(files: readonly string[]): string[][] {
  const groups: string[][] = []
  const open = new Map<string, string[]>()
  for (const file of files) {
    const [room = ''] = file.split('/')
    const canShare = shortRooms.includes(room) && !loners.includes(file)
    const group = (canShare && open.get(room)) || []
    group.push(file)
    if (group.length === 1) groups.push(group)
    if (canShare && group.length < mostTogether) open.set(room, group)
    else if (canShare) open.delete(room)
  }
  return groups
}
