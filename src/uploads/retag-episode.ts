import { posix as path } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { hashContent } from '../audio/content-hashes.ts'
import { tagArea } from '../audio/id3/tag-area.ts'
import type { App } from '../core/app.ts'
import type { JobRun } from '../core/jobs.ts'
import { addAac } from '../shows/aac.ts'
import { type Episode, findEpisode, lockEpisode } from '../shows/episode.ts'
import { findRendition, type Rendition } from '../shows/rendition.ts'
import { replaceRendition } from '../shows/replace-rendition.ts'
import { retagSoon } from '../shows/retagging.ts'
import { announceChange, findShow, type Show } from '../shows/show.ts'
import { episodeTags } from './episode-tags.ts'

const areaUnitBytes = 64 * 1024

/**
 * The job that makes the tags of an episode's served audio anew, without touching the audio: a new object, and a new rendition
 * with the same measurements. Where the tags are right already nothing happens; where other audio took the place meanwhile, it
 * is tagged next.
 */
export async function retagEpisode(app: App, { episodeId }: { episodeId: string }, run: JobRun): Promise<void> {
  const served = await findServed(app, episodeId)
  if (!served) return
  const { show, episode, rendition } = served
  const area = await newArea(app, show, episode, rendition)
  if (area.equals(await presentArea(app, rendition))) return
  const content = await storeRetagged(app, rendition, area, run.signal)
  await app.db.transaction().execute(async (db) => {
    const current = await lockEpisode(db, episodeId)
    if (current.renditionId === rendition.id) {
      // Read again: it may have been measured meanwhile.
      const measured = await findRendition({ db }, rendition.id)
      await replaceRendition(app, db, current, { ...rendition, ...measured, ...content })
      await addAac(app, db, current)
      await announceChange(app, db, show.id)
    } else {
      await retagSoon(app, db, episodeId)
    }
    await run.complete(db)
  })
}

type Served = Readonly<{ show: Show; episode: Episode; rendition: Rendition }>

/** Undefined when there is nothing to serve any more, or not yet. */
async function findServed(app: App, episodeId: string): Promise<Served | undefined> {
  const episode = await findEpisode(app.db, episodeId)
  if (!episode?.renditionId || episode.deletedAt !== null) return undefined
  const [show, rendition] = await Promise.all([
    findShow(app.db, episode.showId),
    findRendition(app, episode.renditionId),
  ])
  return show?.deletedAt === null && rendition ? { show, episode, rendition } : undefined
}

/** As long as the present one where that is long enough, so that the enclosure's length stays. */
async function newArea(app: App, show: Show, episode: Episode, { headerBytes, durationSeconds }: Rendition) {
  const hasArea = headerBytes > 0 && headerBytes % areaUnitBytes === 0
  return tagArea(await episodeTags(app, show, episode, { durationSeconds }), hasArea ? { bytes: headerBytes } : {})
}

async function presentArea({ storage }: App, { key, headerBytes }: Rendition): Promise<Buffer> {
  if (headerBytes === 0) return Buffer.alloc(0)
  const bytes = await storage.open(key, { start: 0, end: headerBytes - 1 })
  if (!bytes) throw lost(key)
  return buffer(bytes)
}

type Content = Pick<Rendition, 'key' | 'bytes' | 'headerBytes' | 'sha256' | 'sha384'>

/** The key holds the hash, so the audio is read once before it is copied; nothing of it is sent to the store again. */
async function storeRetagged({ storage }: App, old: Rendition, head: Buffer, signal: AbortSignal): Promise<Content> {
  const { type, headerBytes: skip } = old
  const audio = await storage.open(old.key, { start: skip, end: old.bytes - 1 })
  if (!audio) throw lost(old.key)
  const hashes = hashContent()
  hashes.update(head)
  for await (const chunk of audio) {
    signal.throwIfAborted()
    hashes.update(chunk)
  }
  const { sha256, sha384 } = hashes.digest()
  const key = `${path.dirname(old.key)}/${sha256}${path.extname(old.key)}`
  const stored = await storage.replaceHead(old.key, key, { head, skip, type })
  if (!stored) throw lost(old.key)
  return { key, bytes: stored.size, headerBytes: head.length, sha256, sha384 }
}

const lost = (key: string) => new Error(`The audio ${key} is lost: it is not in the storage`)
