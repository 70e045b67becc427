import type { Db } from '../../core/db.ts'
import { emptyCurve, type Fetched } from '../curve.ts'
import { parseCurve } from '../roll-up/write-tally.ts'

/** Of how many it is known what they fetched, and which share of them fetched each hundredth of the audio: 0 to 1. */
export type Retained = Readonly<{ listeners: number; shares: number[] }>

/**
 * How far an episode is heard. Only who streams shows it: an app that downloads has all of it before anybody listens. What a
 * redirect sent elsewhere is not known.
 */
export type Retention = Readonly<{ streaming: Retained; download: Retained }>

/** Of an episode since ever; nobody, where nothing is counted. */
export async function findRetention(db: Db, episodeId: string): Promise<Retention> {
  const row = await db.selectFrom('episodeCurve').selectAll().where('episodeId', '=', episodeId).executeTakeFirst()
  const { streaming, download } = row ? parseCurve(row) : emptyCurve()
  return { streaming: retained(streaming), download: retained(download) }
}

const retained = ({ listeners, parts }: Fetched): Retained => ({
  listeners,
  shares: parts.map((part) => (listeners > 0 ? Math.round((part / listeners) * 10_000) / 10_000 : 0)),
})
