import type { Db } from '../../core/db.ts'
import type { Hit } from '../../core/events.ts'
import type { RenditionFacts } from '../rendition-facts.ts'
import type { CountedEpisode } from '../tally.ts'
import type { ListeningWindow } from '../window.ts'
import type { Cursor } from './cursor.ts'
import { createByKeys } from './many-rows.ts'

/** What counting must know of the episodes and renditions that hits name. */
export type Catalogue = Readonly<{
  /** Looks up what these hits name and is not known yet. */
  learn(hits: readonly Pick<Hit, 'episodeId' | 'renditionId'>[]): Promise<void>
  /** The same for what was heard within these windows: earlier hits named it. */
  learnHeard(windows: Iterable<ListeningWindow>): Promise<void>
  /** Undefined: there is no such rendition. */
  factsOf(renditionId: string): RenditionFacts | undefined
  /** Undefined: there is none. */
  episodeOf(episodeId: string): CountedEpisode | undefined
}>

export type CatalogueAt = (cursor: Pick<Cursor, 'revision'>) => Catalogue

const findFacts = createByKeys((db, ids) =>
  db
    .selectFrom('rendition')
    .select(['id', 'bytes', 'headerBytes', 'bitrateKbps', 'durationSeconds'])
    .where('id', 'in', ids)
    .compile(),
)

const findEpisodes = createByKeys((db, ids) =>
  db
    .selectFrom('episode')
    .innerJoin('show', 'show.id', 'episode.showId')
    .select(['episode.id', 'showId', 'publishAt', 'timeZone'])
    .where('episode.id', 'in', ids)
    .compile(),
)

/**
 * Gives a catalogue for what is counted from that cursor on: the one before, as long as whoever asks is the only one that moves
 * the cursor. What it has learned may be out of date only for episodes that wait to be counted anew, and who did that moved it.
 */
export function createCatalogues(db: Db): CatalogueAt {
  let last: { catalogue: Catalogue; revision: number } | undefined
  return ({ revision }) => {
    const catalogue = last?.revision === revision - 1 ? last.catalogue : createCatalogue(db)
    last = { catalogue, revision }
    return catalogue
  }
}

/** An empty one. It does not see what is changed after it has learned: make it after the cursor was read, for one use. */
export function createCatalogue(db: Db): Catalogue {
  const facts = new Map<string, (RenditionFacts & { id: string }) | undefined>()
  const episodes = new Map<string, CountedEpisode | undefined>()
  return {
    async learn(hits) {
      await fill(
        facts,
        hits.map(({ renditionId }) => renditionId),
        (ids) => findFacts(db, ids),
      )
      await fill(
        episodes,
        hits.map(({ episodeId }) => episodeId),
        (ids) => findEpisodes(db, ids),
      )
    },
    learnHeard: (windows) =>
      fill(
        facts,
        [...windows].flatMap(({ heard }) => Object.keys(heard)),
        (ids) => findFacts(db, ids),
      ),
    factsOf: (renditionId) => facts.get(renditionId),
    episodeOf: (episodeId) => episodes.get(episodeId),
  }
}

async function fill<Row extends { id: string }>(
  known: Map<string, Row | undefined>,
  ids: readonly string[],
  find: (ids: readonly string[]) => Promise<Row[]>,
): Promise<void> {
  const unknown = [...new Set(ids)].filter((id) => !known.has(id))
  for (const id of unknown) known.set(id, undefined)
  for (const row of await find(unknown)) known.set(row.id, row)
}
