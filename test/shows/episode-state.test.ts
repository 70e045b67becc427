import t from 'tap'
import { enclosureFile, episodeState, isPublic } from '../../src/shows/episode-state.ts'

const now = 1_000

/** Has audio, publishAt, state of the newest upload, state of the episode. */
const states: [boolean, number | null, string | undefined, string][] = [
  [false, null, undefined, 'draft'],
  [false, null, 'cancelled', 'draft'],
  [false, null, 'received', 'processing'],
  [false, null, 'probing', 'processing'],
  [false, null, 'measuring', 'processing'],
  [false, null, 'encoding', 'processing'],
  [false, null, 'storing', 'processing'],
  [false, null, 'failed', 'failed'],
  // Publication that was asked for before there is audio is kept as intent.
  [false, now, 'encoding', 'processing'],
  [false, now + 1, 'encoding', 'processing'],
  [false, now, 'failed', 'failed'],
  [false, now, 'cancelled', 'draft'],
  [true, null, 'ready', 'ready'],
  [true, now + 1, 'ready', 'scheduled'],
  [true, now, 'ready', 'published'],
  [true, now - 1, 'ready', 'published'],
  [true, 0, 'ready', 'published'],
  // A replacement that runs, fails or is taken back leaves what is published as it is.
  [true, now, 'encoding', 'published'],
  [true, now, 'failed', 'published'],
  [true, now, 'cancelled', 'published'],
  [true, null, 'failed', 'ready'],
  [true, now + 1, 'encoding', 'scheduled'],
]

for (const [hasAudio, publishAt, uploadState, state] of states) {
  const episode = { renditionId: hasAudio ? 'rendition' : null, publishAt }
  const upload = uploadState === undefined ? undefined : { state: uploadState }
  const name = `${hasAudio ? 'audio' : 'no audio'}, publishAt ${publishAt}, upload ${uploadState}: ${state}`
  t.equal(episodeState(episode, upload, now), state, name)
  const isShown = state === 'published'
  t.equal(isPublic({ ...episode, deletedAt: null }, now), isShown, `${name}, ${isShown ? 'shown' : 'hidden'}`)
  t.equal(isPublic({ ...episode, deletedAt: 1 }, now), false, `${name}, and deleted`)
}

t.equal(
  enclosureFile({ enclosureFile: null, slug: 'now' }),
  'now.mp3',
  'before a publication the file follows the slug',
)
t.equal(enclosureFile({ enclosureFile: 'first.mp3', slug: 'now' }), 'first.mp3', 'afterwards it is fixed')
