import { buffer } from 'node:stream/consumers'
import type { App } from '../core/app.ts'
import type { Episode } from '../shows/episode.ts'
import type { Show } from '../shows/show.ts'
import { demandFiles } from './render-old-artwork.ts'

export type TagCover = Readonly<{ type: 'image/jpeg'; bytes: Buffer }>

/** Enough for every screen that shows tags, at most 300 KB: each download carries it. */
const tagPixels = 600

/**
 * The picture for the tags of an episode's audio: its own, else the show's, as a baseline JPEG of 600 pixels and at most
 * 300 KB. Undefined when neither has one: the station's default cover says nothing about a show.
 */
export async function tagCoverOf(
  app: App,
  show: Pick<Show, 'artworkId'>,
  episode: Pick<Episode, 'artworkId'>,
): Promise<TagCover | undefined> {
  for (const artworkId of [episode.artworkId, show.artworkId]) {
    const bytes = artworkId === null ? undefined : await readTagPicture(app, artworkId)
    if (bytes) return { type: 'image/jpeg', bytes }
  }
  return undefined
}

async function readTagPicture(app: App, artworkId: string): Promise<Buffer | undefined> {
  const files = await demandFiles(app, artworkId)
  const file = files.find(({ size, type }) => size === tagPixels && type === 'image/jpeg')
  const body = file && (await app.storage.open(file.key))
  return body && buffer(body)
}
