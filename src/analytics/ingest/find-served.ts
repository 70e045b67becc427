import type { App } from '../../core/app.ts'
import type { Hit } from '../../core/events.ts'
import { remember } from '../../core/remember.ts'
import { findFeedToken } from '../../shows/feed-token.ts'
import { isNamedLike, type Rendition } from '../../shows/rendition.ts'
import type { LoggedRequest } from './logged-request.ts'
import { type MediaAddress, parseMediaAddress } from './media-address.ts'
import { tryDecode } from './try-decode.ts'

/** Which audio a request was answered with, and by which address. */
export type ServedAudio = Pick<Hit, 'episodeId' | 'renditionId' | 'door' | 'feedTokenId'>

type Row = Pick<Rendition, 'id' | 'episodeId' | 'type' | 'createdAt'>

const keptInMemory = 10_000

/**
 * Looks up which audio a request was for. What has been read once is read from memory, so that one look-up serves one run.
 * Undefined: no audio of this station.
 */
export function createServedLookup({ db, config }: Pick<App, 'db' | 'config'>) {
  const rows = db.selectFrom('rendition').select(['id', 'episodeId', 'type', 'createdAt']).orderBy('createdAt')
  const ofEpisode = remember(keptInMemory, (episodeId) => rows.where('episodeId', '=', episodeId).execute())
  const withId = remember(keptInMemory, (id) => rows.where('id', '=', id).execute())
  const withKey = remember(keptInMemory, (key) => rows.where('key', '=', key).execute())
  const feedTokenWith = remember(keptInMemory, (token) => findFeedToken(db, token))

  async function atAddress(address: MediaAddress, at: number): Promise<ServedAudio | undefined> {
    const { door, episodeId, renditionId = '', feedToken, file } = address
    const found = episodeId === undefined ? await withId(renditionId) : await ofEpisode(episodeId)
    const named = found.filter((row) => isNamedLike(file, row))
    const served = servedAt(at, named)
    if (!served || feedToken === undefined) return served && { ...served, door }
    const token = await feedTokenWith(feedToken)
    return token && { ...served, door, feedTokenId: token.id }
  }

  async function atKey(logged: string, at: number): Promise<ServedAudio | undefined> {
    const key = ownKey(logged, config.s3?.prefix ?? '')
    const served = key === undefined ? undefined : servedAt(at, await withKey(key))
    return served && { ...served, door: 'media' }
  }

  return async ({ target, at }: Pick<LoggedRequest, 'target' | 'at'>): Promise<ServedAudio | undefined> => {
    if (target.key !== undefined) return atKey(target.key, at)
    const address = parseMediaAddress(target.url)
    return address && atAddress(address, at)
  }
}

/**
 * The newest that was made by then, which is the one that was served then. A log's clock may be a little slow: what was asked for
 * before the first was made is taken for the first.
 */
function servedAt(at: number, rows: readonly Row[]): Pick<Hit, 'episodeId' | 'renditionId'> | undefined {
  const row = rows.findLast(({ createdAt }) => createdAt <= at) ?? rows[0]
  return row && { episodeId: row.episodeId, renditionId: row.id }
}

/** A key as our store knows it: without percents, which some servers write twice, and without the prefix of STORAGE_URL. */
function ownKey(logged: string, prefix: string): string | undefined {
  const key = (tryDecode(tryDecode(logged) ?? '') ?? '').replace(/^\//, '')
  const own = key.startsWith(prefix) ? key.slice(prefix.length) : ''
  return /^[\w./-]+$/.test(own) ? own : undefined
}
