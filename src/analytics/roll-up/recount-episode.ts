import type { App } from '../../core/app.ts'
import type { Db } from '../../core/db.ts'
import { type Listening, listen } from '../count-downloads.ts'
import { emptyCurve } from '../curve.ts'
import { addDays, dayOf } from '../day.ts'
import type { Rules } from '../rules.ts'
import { addToDay, type CountedEpisode, type EpisodeDay, emptyTally, type Tally, tallyChange } from '../tally.ts'
import { createCatalogue } from './catalogue.ts'
import { type Cursor, getCursor, moveCursor } from './cursor.ts'
import { longestOpenMs } from './fold-hits.ts'
import { dropListeningsOf, storeListenings } from './listenings.ts'
import { endRecount, type Recount } from './recounts.ts'
import { readFamily } from './replay-late.ts'
import { storeCurves, writeDays } from './write-tally.ts'

/** So many listeners are replayed at a time. */
const keysAtOnce = 300

/**
 * Counts an episode anew from all that the log has of it, in place of what was counted. Days that the log does not go back to
 * stay as they are. Throws `Overtaken` when something was counted meanwhile; nothing is changed then.
 */
export async function recountEpisode(app: App, rules: Rules, recount: Recount): Promise<void> {
  const { db } = app
  const { episodeId } = recount
  const cursor = await getCursor(db)
  const catalogue = createCatalogue(db)
  await catalogue.learn([{ episodeId, renditionId: '' }])
  const episode = catalogue.episodeOf(episodeId)
  if (!episode) return endRecount(db, recount)

  const firstDay = firstDayOfLog(cursor, episode)
  const tally = emptyTally()
  const open: Listening[] = []
  for await (const listenings of replay(app, { cursor, catalogue, rules, episode })) {
    for (const listening of listenings) {
      tallyChange(tally, episode, [], listening, { agentOf: rules.agentOf, factsOf: catalogue.factsOf })
      if (listening.windows.some(({ lastAt }) => lastAt >= cursor.settledBefore)) open.push(listening)
    }
  }
  const stored = await db.selectFrom('episodeDay').selectAll().where('episodeId', '=', episodeId).execute()
  const difference = subtract(tally, stored, firstDay)
  const isAllInLog = stored.every(({ day }) => day >= firstDay)
  await db.transaction().execute(async (transaction) => {
    await moveCursor(transaction, cursor)
    await writeDays(transaction, difference, () => episode.showId)
    if (isAllInLog) await storeCurves(transaction, new Map([[episodeId, tally.curves.get(episodeId) ?? emptyCurve()]]))
    await replaceListenings(transaction, episodeId, open, cursor)
    await endRecount(transaction, recount)
  })
}

type Replay = Readonly<{
  cursor: Cursor
  catalogue: ReturnType<typeof createCatalogue>
  rules: Rules
  episode: CountedEpisode
}>

/** What was asked of the episode, some listeners at a time; those who are one because of a change of keys come together. */
async function* replay({ events }: App, { cursor, catalogue, rules, episode }: Replay): AsyncGenerator<Listening[]> {
  const rule = { window: rules.window, timeZone: episode.timeZone }
  const options = { factsOf: catalogue.factsOf, agentOf: rules.agentOf, ruleOf: () => rule }
  const range = { from: cursor.forgottenBefore, upTo: cursor.position }
  const early = new Set<string>()
  for (let after = ''; ; ) {
    const keys = await events.listListenerKeys(episode.id, { after, limit: keysAtOnce })
    const last = keys.at(-1)
    if (last === undefined) return
    const own = keys.filter((key) => !early.has(key))
    const hits = await readFamily(events, episode.id, own, range)
    // Of keys on this page, and of those that they are one with, which stand on later pages or stood on earlier ones.
    for (const { listenerKey } of hits) if (listenerKey > last) early.add(listenerKey)
    await catalogue.learn(hits)
    yield listen(hits, options)
    after = last
  }
}

/** What the reports of that episode lack, from the first day on that all hits of are in the log. */
function subtract(tally: Tally, stored: readonly EpisodeDay[], firstDay: string): Tally {
  const difference = emptyTally()
  for (const row of tally.days.values()) if (row.day >= firstDay) addToDay(difference, row)
  for (const row of stored) if (row.day >= firstDay) addToDay(difference, { ...row, downloads: -row.downloads })
  return difference
}

function firstDayOfLog({ forgottenBefore }: Cursor, { timeZone }: CountedEpisode): string {
  return forgottenBefore === 0 ? '' : addDays(dayOf(forgottenBefore + longestOpenMs, timeZone), 1)
}

async function replaceListenings(db: Db, episodeId: string, open: readonly Listening[], cursor: Cursor) {
  await dropListeningsOf(db, episodeId)
  await storeListenings(db, open, cursor.settledBefore)
}
