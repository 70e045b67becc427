/** Rooms of many short files: to start Node with all that a station needs takes longer than one of them. */
const shortRooms = 'accounts admin analytics audio core delivery feeds platform shows site uploads web'.split(' ')

/** Files there that measure or change what belongs to their whole process, or take long by themselves. */
const loners = [
  'analytics/ingest/ingest-log',
  'analytics/roll-up',
  'audio/cancel',
  'audio/encode/encode',
  'audio/ffmpeg/ffmpeg',
  'audio/hostile-lengths',
  'audio/hostile-names',
  'audio/hostile-tags',
  'audio/hostile-wav',
  'audio/orphan',
  'audio/produce',
  'audio/transcriber/transcriber',
  'feeds/generated-shows',
  'platform/guarded-fetch',
  'platform/s3-incoming',
  'shows/ask-text-thread',
  'uploads/add-aac',
  'uploads/artwork',
  'uploads/hostile',
  'uploads/process-upload',
  'uploads/transcribe-episode',
  'uploads/trouble',
  'web/silence',
].map((name) => `${name}.test.js`)

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
