import { buffer } from 'node:stream/consumers'
import type { App } from '../core/app.ts'
import type { ArtworkFile } from '../shows/artwork.ts'
import type { Episode } from '../shows/episode.ts'
import type { Show } from '../shows/show.ts'
import { demandFiles } from './render-old-artwork.ts'
import type { Cover } from './store-cover.ts'

export type TagCover = Readonly<{ type: 'image/jpeg'; bytes: Buffer }>

/** Enough for every screen that shows tags, at most 300 KB: each download carries it. */
const tagPixels = 600

/**
 * The picture for the tags of an episode's audio: its own, else the one that came with the recording, else the show's, as a
 * baseline JPEG of 600 pixels and at most 300 KB. Undefined when there is none: the station's default cover says nothing about
 * a show.
 */
export async function tagCoverOf(
  app: App,
  show: Pick<Show, 'artworkId'>,
  episode: Pick<Episode, 'artworkId'>,
  recorded?: Pick<Cover, 'files'>,
): Promise<TagCover | undefined> {
  if (episode.artworkId === null && recorded) return tagCoverAmong(app, recorded.files)
  for (const artworkId of [episode.artworkId, show.artworkId]) {
    const cover = artworkId === null ? undefined : await tagCoverAmong(app, await demandFiles(app, artworkId))
    if (cover) return cover
  }
  return undefined
}

async function tagCoverAmong({ storage }: App, files: readonly ArtworkFile[]): Promise<TagCover | undefined> {
  const file = files.find(({ size, type }) => size === tagPixels && type === 'image/jpeg')
  const body = file && (await storage.open(file.key))
  return body && { type: 'image/jpeg', bytes: await buffer(body) }
}
