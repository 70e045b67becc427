import type { App } from '../../core/app.ts'
import type { Db } from '../../core/db.ts'
import type { Hit } from '../../core/events.ts'
import { refusalOf } from '../filter.ts'
import type { Rules } from '../rules.ts'
import { emptyTally, type Tally, tallyChange } from '../tally.ts'
import type { Catalogue, CatalogueAt } from './catalogue.ts'
import { type Cursor, getCursor, moveCursor } from './cursor.ts'
import { type FoldedListenings, foldHits, openListenings, recallWindows } from './fold-hits.ts'
import { dropSettled, findListenings, storeListenings } from './listenings.ts'
import { findRecounts } from './recounts.ts'
import { replayLate } from './replay-late.ts'
import { addToCurves, writeDays } from './write-tally.ts'

const hitsInBatch = 20_000

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

/** For how long after the newest hits what listeners asked is kept at least: hits that come later are looked for in the log. */
const keepListeningsMs = 3 * dayMs

/** How far ahead of ours a clock may be that is believed. */
const mostAheadMs = hourMs

/**
 * Counts the next hits of the log: writes what changes, and the place to go on from, in one transaction. Returns false when there
 * was nothing to count. Throws `Overtaken` when another worker counted them meanwhile.
 */
export async function countBatch(app: App, rules: Rules, catalogueAt: CatalogueAt): Promise<boolean> {
  const { db, events } = app
  const cursor = await getCursor(db)
  const { hits, position } = await events.read(cursor.position, hitsInBatch)
  if (hits.length === 0) return false
  const catalogue = catalogueAt(cursor)
  await catalogue.learn(hits)
  const countable = await chooseCountable(db, hits, { cursor, catalogue, rules })
  const listenings = await foldBatch(app, countable, { cursor, catalogue, rules, position })
  const tally = tallyOf(listenings, catalogue, rules)
  const next = { position, ...instantsAfter(cursor, hits, app.clock.now()) }
  await db.transaction().execute(async (transaction) => {
    await moveCursor(transaction, cursor, next)
    await writeDays(transaction, tally, (episodeId) => catalogue.episodeOf(episodeId)?.showId ?? '')
    await addToCurves(transaction, tally)
    await storeListenings(transaction, changed(listenings), next.settledBefore)
    await dropSettled(transaction, next.settledBefore)
  })
  return true
}

type Context = Readonly<{ cursor: Cursor; catalogue: Catalogue; rules: Rules }>

/** Not those of episodes that will be counted anew with all their hits, nor what is older than all that the log keeps. */
async function chooseCountable(db: Db, hits: readonly Hit[], { cursor, catalogue, rules }: Context): Promise<Hit[]> {
  const later = await findRecounts(db)
  return hits.filter(
    (hit) =>
      hit.at >= cursor.forgottenBefore &&
      catalogue.factsOf(hit.renditionId) !== undefined &&
      catalogue.episodeOf(hit.episodeId) !== undefined &&
      !later.has(hit.episodeId) &&
      refusalOf(hit, rules.agentOf(hit.userAgent)) === undefined,
  )
}

async function foldBatch(
  { db, events }: App,
  hits: readonly Hit[],
  { cursor, catalogue, rules, position }: Context & { position: number },
): Promise<FoldedListenings> {
  const ruleOf = (episodeId: string) => ({
    window: rules.window,
    timeZone: catalogue.episodeOf(episodeId)?.timeZone ?? null,
  })
  const options = { events, cursor, position, catalogue, ruleOf, factsOf: catalogue.factsOf, agentOf: rules.agentOf }
  const { listenings, claimed } = openListenings(hits)
  const kept = await findListenings(db, [...listenings.keys()])
  await catalogue.learnHeard([...kept.values()].flat())
  recallWindows(listenings, kept)
  foldHits(claimed, options)
  await replayLate(listenings, options)
  return listenings
}

function tallyOf(listenings: FoldedListenings, catalogue: Catalogue, rules: Rules): Tally {
  const tally = emptyTally()
  const options = { agentOf: rules.agentOf, factsOf: catalogue.factsOf }
  for (const listening of listenings.values()) {
    const episode = catalogue.episodeOf(listening.episodeId)
    if (episode) tallyChange(tally, episode, listening.before, listening, options)
  }
  return tally
}

const changed = (listenings: FoldedListenings) =>
  [...listenings.values()].filter(({ before, windows }) => before !== windows)

function instantsAfter(
  cursor: Cursor,
  hits: readonly Hit[],
  now: number,
): Pick<Cursor, 'settledBefore' | 'linkedUntil'> {
  const newest = hits.reduce((latest, { at }) => Math.max(latest, at), 0)
  const linked = hits.reduce((latest, { at, previousKey }) => (previousKey ? Math.max(latest, at) : latest), 0)
  const settledBefore = Math.floor((Math.min(newest, now) - keepListeningsMs) / dayMs) * dayMs
  return {
    settledBefore: Math.max(cursor.settledBefore, settledBefore),
    linkedUntil: Math.max(cursor.linkedUntil, Math.min(linked, now + mostAheadMs)),
  }
}
