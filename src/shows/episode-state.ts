import type { Episode } from './episode.ts'
import { isEnded, type Upload } from './upload-state.ts'

export type EpisodeState = 'draft' | 'processing' | 'ready' | 'scheduled' | 'published' | 'failed'

/**
 * The state is computed, never stored. Audio that is there decides; a running or failed replacement is shown
 * beside it, in `upload`.
 */
export function episodeState(
  { renditionId, publishAt }: Pick<Episode, 'renditionId' | 'publishAt'>,
  newestUpload: Pick<Upload, 'state'> | undefined,
  now: number,
): EpisodeState {
  if (renditionId !== null) {
    if (publishAt === null) return 'ready'
    return publishAt <= now ? 'published' : 'scheduled'
  }
  if (!newestUpload || newestUpload.state === 'cancelled') return 'draft'
  return isEnded(newestUpload) ? 'failed' : 'processing'
}

/** Whether strangers may see it at that moment. */
export const isPublic = (
  { renditionId, publishAt, deletedAt }: Pick<Episode, 'renditionId' | 'publishAt' | 'deletedAt'>,
  now: number,
): boolean => deletedAt === null && renditionId !== null && publishAt !== null && publishAt <= now

/** The enclosure's file name: fixed at the first publication, before that it follows the slug. */
export const enclosureFile = (episode: Pick<Episode, 'enclosureFile' | 'slug'>): string =>
  episode.enclosureFile ?? `${episode.slug}.mp3`
