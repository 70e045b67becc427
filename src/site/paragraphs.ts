import type { App } from '../core/app.ts'
import { askTextThread } from '../shows/ask-text-thread.ts'
import { getEpisode } from '../shows/episode.ts'
import type { Passage } from '../shows/segment.ts'
import { createShowCache } from '../shows/show-cache.ts'
import { findTranscript } from '../shows/transcript.ts'

/** Characters: some ten hours. A longer transcript has its own page only. */
const longestPage = 600_000
const keptTranscripts = 50

export type ParagraphLookup = ReturnType<typeof createParagraphLookup>

/** What is said in episodes, put together for their pages, and kept in this process until their show changes. */
export function createParagraphLookup(app: App) {
  const cache = createShowCache<readonly Passage[] | undefined>(app.changes, keptTranscripts, async (episodeId) => {
    const episode = await getEpisode(app.db, episodeId)
    const found = await findTranscript(app.db, episode)
    return {
      showId: episode.showId,
      value: found && (await askTextThread('listParagraphs', found.segments, longestPage)),
    }
  })
  return {
    /** Undefined when there is no transcript, or one that is too long for a page. */
    get: cache.get,
    close: cache.close,
  }
}
