import type { Db } from '../core/db.ts'
import { aacRate } from '../shows/aac.ts'
import { findKeptAlternate } from '../shows/alternate.ts'
import { type Episode, findEpisode } from '../shows/episode.ts'
import { findRendition, type Rendition } from '../shows/rendition.ts'
import { findShow, type Show } from '../shows/show.ts'
import type { Upload } from '../shows/upload-state.ts'

/** The AAC that is to stand beside what an episode serves. */
export type WantedAac = Readonly<{ show: Show; episode: Episode; enclosure: Rendition; bitrateKbps: number }>

/** Undefined when the episode serves nothing, or its show asks for no AAC. */
export async function findWantedAac(db: Db, episodeId: string): Promise<WantedAac | undefined> {
  const episode = await findEpisode(db, episodeId)
  if (!episode?.renditionId || episode.deletedAt !== null) return undefined
  const show = await findShow(db, episode.showId)
  const enclosure = await findRendition({ db }, episode.renditionId)
  if (show?.deletedAt !== null || !enclosure) return undefined
  const bitrateKbps = aacRate(show, enclosure)
  return bitrateKbps === undefined ? undefined : { show, episode, enclosure, bitrateKbps }
}

/** Whether an AAC is still to be made of that recording. */
export async function awaitsAac(db: Db, { id, episodeId }: Pick<Upload, 'id' | 'episodeId'>): Promise<boolean> {
  const wanted = await findWantedAac(db, episodeId)
  return wanted?.enclosure.uploadId === id && (await findKeptAlternate(db, id)) === undefined
}
