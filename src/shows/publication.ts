import type { App } from '../core/app.ts'
import { invalid } from '../core/errors.ts'
import { changeEpisode, type Episode, getEpisode } from './episode.ts'
import { enclosureFile, isPublic } from './episode-state.ts'
import { getShow } from './show.ts'
import { isEnded } from './upload-state.ts'

/** Who publishes at an instant that is longer ago brings in what was public elsewhere. */
const backDatedMs = 10 * 60 * 1000

/**
 * Publishes an episode at that instant (epoch ms; the past back-dates it; absent: now, or as it was when it is public already).
 * One that is back-dated by more than 10 minutes is never announced. While its audio is being made the wish is kept: it appears when
 * both have come. Idempotent. Throws `invalid` when there is no audio to wait for.
 */
export async function publishEpisode(app: App, episodeId: string, at?: number): Promise<Episode> {
  const now = app.clock.now()
  const episode = await getEpisode(app.db, episodeId)
  await getShow(app.db, episode.showId)
  await demandAudio(app, episode)
  if (episode.renditionId !== null && episode.title === null) {
    throw invalid('This episode has no title yet: give it one, then publish it.', 'title')
  }
  await changeEpisode(app, episode, {
    publishAt: at ?? (isPublic(episode, now) ? episode.publishAt : now),
    enclosureFile: enclosureFile(episode),
    ...(episode.announcedAt === null && at !== undefined && at < now - backDatedMs && { announcedAt: now }),
  })
  return getEpisode(app.db, episodeId)
}

/** Takes an episode back: it is a draft for strangers from then on. Taking back what is not published is fine. */
export async function unpublishEpisode(app: App, episodeId: string): Promise<Episode> {
  await changeEpisode(app, await getEpisode(app.db, episodeId), { publishAt: null })
  return getEpisode(app.db, episodeId)
}

async function demandAudio({ db }: App, { renditionId, uploadId }: Episode): Promise<void> {
  if (renditionId !== null) return
  const upload = uploadId
    ? await db.selectFrom('upload').select('state').where('id', '=', uploadId).executeTakeFirst()
    : undefined
  if (!upload || isEnded(upload)) throw invalid('This episode has no audio yet: upload a recording, then publish it.')
}
