import type { App } from '../../core/app.ts'
import type { Db } from '../../core/db.ts'
import type { EventLog, Hit } from '../../core/events.ts'
import { refusalOf } from '../filter.ts'
import type { Rules } from '../rules.ts'
import { emptyTally, type Tally, tallyChange } from '../tally.ts'
import type { Catalogue, CatalogueAt } from './catalogue.ts'
import { type Cursor, getCursor, moveCursor } from './cursor.ts'
import { type Claimed, type FoldedListenings, foldHits, openListenings, recallWindows } from './fold-hits.ts'
import { dropSettled, findListenings, storeListenings } from './listenings.ts'
import { findRecounts } from './recounts.ts'
import { replayLate } from './replay-late.ts'
import { addToCurves, writeDays } from './write-tally.ts'

/** So many are counted in one transaction; whoever else writes to SQLite waits for it. */
const hitsInBatch = 20_000

/**
 * So many are read and folded at a time: what is read dies young. With fewer, more hits come after their page and are replayed on the
 * day after a change of keys.
 */
const hitsOnPage = 4_000

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
  const first = await events.read(cursor.position, hitsOnPage)
  if (first.hits.length === 0) return false
  const catalogue = catalogueAt(cursor)
  const { listenings, next } = await foldBatch(app, first, { cursor, catalogue, rules })
  const tally = tallyOf(listenings, catalogue, rules)
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

type Page = Awaited<ReturnType<EventLog['read']>>

type Batch = Readonly<{
  listenings: FoldedListenings
  next: Pick<Cursor, 'position' | 'settledBefore' | 'linkedUntil'>
}>

/** Folds a batch page by page. Listenings that hits came too late for, be it only after a page before, are replayed at the end. */
async function foldBatch({ db, events, clock }: App, first: Page, context: Context): Promise<Batch> {
  const { cursor, catalogue, rules } = context
  const ruleOf = (episodeId: string) => ({
    window: rules.window,
    timeZone: catalogue.episodeOf(episodeId)?.timeZone ?? null,
  })
  const options = { events, catalogue, ruleOf, factsOf: catalogue.factsOf, agentOf: rules.agentOf }
  const later = await findRecounts(db)
  const listenings: FoldedListenings = new Map()
  let next: Batch['next'] = cursor
  let page = first
  for (let read = 0; page.hits.length > 0; page = await events.read(page.position, hitsOnPage)) {
    await catalogue.learn(page.hits)
    const claimed = await claimHits(db, listenings, chooseCountable(page.hits, later, context), catalogue)
    // Nothing is dropped before the end of the batch, but the pages before have linked listeners already.
    foldHits(claimed, { ...options, settledBefore: cursor.settledBefore, linkedUntil: next.linkedUntil })
    next = { position: page.position, ...instantsAfter(next, page.hits, clock.now()) }
    read += page.hits.length
    if (read >= hitsInBatch) break
  }
  await replayLate(listenings, { ...options, cursor, position: next.position })
  return { listenings, next }
}

/** Not those of episodes that will be counted anew with all their hits, nor what is older than all that the log keeps. */
const chooseCountable = (hits: readonly Hit[], later: ReadonlySet<string>, { cursor, catalogue, rules }: Context) =>
  hits.filter(
    (hit) =>
      hit.at >= cursor.forgottenBefore &&
      catalogue.factsOf(hit.renditionId) !== undefined &&
      catalogue.episodeOf(hit.episodeId) !== undefined &&
      !later.has(hit.episodeId) &&
      refusalOf(hit, rules.agentOf(hit.userAgent)) === undefined,
  )

/** Says whose these hits may be, and adds to `listenings` whoever is not among them yet, with the windows that were kept. */
async function claimHits(
  db: Db,
  listenings: FoldedListenings,
  hits: readonly Hit[],
  catalogue: Catalogue,
): Promise<Claimed[]> {
  const { opened, claimed } = openListenings(listenings, hits)
  const kept = await findListenings(db, opened)
  await catalogue.learnHeard([...kept.values()].flat())
  recallWindows(listenings, kept)
  return claimed
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
  before: Pick<Cursor, 'settledBefore' | 'linkedUntil'>,
  hits: readonly Hit[],
  now: number,
): Pick<Cursor, 'settledBefore' | 'linkedUntil'> {
  const newest = hits.reduce((latest, { at }) => Math.max(latest, at), 0)
  const linked = hits.reduce((latest, { at, previousKey }) => (previousKey ? Math.max(latest, at) : latest), 0)
  const settledBefore = Math.floor((Math.min(newest, now) - keepListeningsMs) / dayMs) * dayMs
  return {
    settledBefore: Math.max(before.settledBefore, settledBefore),
    linkedUntil: Math.max(before.linkedUntil, Math.min(linked, now + mostAheadMs)),
  }
}
