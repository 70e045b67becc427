import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { agentOf } from '../../src/analytics/agent.ts'
import { countDownloads } from '../../src/analytics/count-downloads.ts'
import { firstDays } from '../../src/analytics/curve.ts'
import { audioParts, heardParts } from '../../src/analytics/heard-parts.ts'
import { listenerOf } from '../../src/analytics/listener.ts'
import { countRecounts, recountAll } from '../../src/analytics/recount.ts'
import type { RenditionFacts } from '../../src/analytics/rendition-facts.ts'
import { rollUp } from '../../src/analytics/roll-up.ts'
import type { App } from '../../src/core/app.ts'
import type { CountWindow } from '../../src/core/config.ts'
import type { Db } from '../../src/core/db.ts'
import type { Hit } from '../../src/core/events.ts'
import { databaseSettings } from '../engines/database-settings.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { hourMs, makeHit, monday } from '../fixtures/hits.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { logHits } from '../fixtures/logged-hits.ts'
import { openStation, type Station } from '../station.ts'

/** 1 kb/s behind a header of 500 bytes: a minute of it is 8,000 bytes. */
const tiny: RenditionFacts = { bytes: 20_000, headerBytes: 500, bitrateKbps: 1, durationSeconds: 156 }

const dayMs = 24 * hourMs
const overcast = 'Overcast/3.0 (+http://overcast.fm/; iOS podcast app)'

/** Of seven one of another kind. */
const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const bound = fc.nat(220).map((hundreds) => hundreds * 100)
const range = fc.oneof(
  fc.constantFrom(undefined, 'bytes=0-1', 'bytes=0-', 'bytes=-9000'),
  fc.tuple(bound, bound).map(([first, length]) => `bytes=${first}-${first + length}`),
)

/** Within some days around a change of keys, by three addresses; some hits carry the key from before without a reason. */
const anyHit: fc.Arbitrary<Hit> = fc
  .record({
    at: fc.nat(240).map((hours) => monday + hours * hourMs),
    method: mostly('GET', 'HEAD'),
    status: fc.oneof(fc.constant(206), mostly(206, 200, 302, 304)),
    range,
    bytesSent: fc.oneof(fc.constant(20_000), bound),
    episodeId: mostly('one', 'two'),
    renditionId: mostly('first', 'second', 'gone'),
    address: fc.nat(1),
    strayKey: mostly<string | undefined>(undefined, 'new 0', 'old 1'),
    country: mostly<string | undefined>('IS', 'DE', undefined),
    door: mostly<Hit['door']>('audio', 'download', 'media', 'private'),
    userAgent: mostly('AntennaPod/3.1', overcast, 'curl/8'),
  })
  .map(({ address, strayKey, ...hit }) => {
    const change = monday + 100 * hourMs
    const isNew = hit.at >= change
    const previousKey = isNew && hit.at < change + dayMs ? `old ${address}` : strayKey
    return makeHit({ ...hit, listenerKey: `${isNew ? 'new' : 'old'} ${address}`, previousKey })
  })

const anyLog = fc.record({
  hits: fc.array(anyHit, { minLength: 20, maxLength: 80, size: 'max' }),
  /** How far each hit is moved from its place in time, in hours. */
  delays: fc.oneof(
    fc.constant([0]),
    fc.array(fc.nat(30), { minLength: 7, maxLength: 7 }),
    fc.array(fc.nat(240), { minLength: 60, maxLength: 60 }),
  ),
  cuts: fc.array(fc.nat(60), { maxLength: 8 }),
  /** So many hits of a batch are read at a time. */
  hitsOnPage: fc.integer({ min: 1, max: 30 }),
  window: fc.constantFrom<CountWindow>('first-touch', 'last-touch', 'calendar-day'),
  timeZone: fc.constantFrom(null, 'Europe/Berlin', 'Pacific/Auckland'),
})

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`on ${engine}`, async (t) => {
    const station = await openCounting(t, engine)
    const { app } = station

    await t.test(
      'whatever order hits come in, reports are those of a count from nothing, and so are those of a recount',
      async () => {
        await fc.assert(
          fc.asyncProperty(anyLog, async ({ hits, delays, cuts, hitsOnPage, window, timeZone }) => {
            await forgetAll(app.db)
            await app.db.updateTable('show').set({ timeZone }).execute()
            const counting = { ...byPages(app, hitsOnPage), config: { ...app.config, countWindow: window } }
            const late = (index: number) => (delays[index % delays.length] ?? 0) * hourMs
            const arrived = hits
              .toSorted((one, other) => one.at - other.at)
              .map((hit, index) => ({ hit, comesAt: hit.at + late(index) }))
              .sort((one, other) => one.comesAt - other.comesAt)
              .map(({ hit }) => hit)
            const ends = [...cuts.sort((one, other) => one - other), arrived.length]
            let from = 0
            for (const end of ends) {
              await logHits(app.db, arrived.slice(from, end))
              from = Math.max(from, end)
              await rollUp(counting, {}, jobRun())
            }
            const expected = countAll(arrived, window, timeZone)
            deepStrictEqual(await readNumbers(app.db), expected, 'incremental')
            await recountAll(app)
            await rollUp(counting, {}, jobRun())
            deepStrictEqual(await countRecounts(app), 0)
            deepStrictEqual(await readNumbers(app.db), expected, 'recounted')
          }),
          {
            endOnFailure: process.env.RUNS !== undefined,
            numRuns: Number(process.env.RUNS ?? (engine === 'SQLite' ? 50 : 20)),
          },
        )
      },
    )
  })
}

t.test('halves of a minute that come a week apart are one download of the day of the first', async (t) => {
  const { app } = await openCounting(t, 'SQLite')
  const half = (first: number, hours: number) =>
    makeHit({
      episodeId: 'one',
      renditionId: 'first',
      at: monday + hours * hourMs,
      status: 206,
      range: `bytes=${first}-${first + 4_999}`,
      bytesSent: 5_000,
    })
  const others = Array.from({ length: 10 }, (_, day) =>
    makeHit({
      episodeId: 'one',
      renditionId: 'first',
      at: monday + day * dayMs,
      listenerKey: `other ${day}`,
      bytesSent: 20_000,
    }),
  )
  await logHits(app.db, [half(0, 1), ...others])
  await rollUp(app, {}, jobRun())
  t.equal((await app.db.selectFrom('listening').select('key').execute()).length, 4, 'older ones are dropped')
  await logHits(app.db, [half(5_000, 2)])
  await rollUp(app, {}, jobRun())
  const hits = [half(0, 1), half(5_000, 2), ...others]
  t.same(await readNumbers(app.db), countAll(hits, 'first-touch', null))
  t.equal((await readNumbers(app.db)).showDays['day 2026-11-23 '], 2)
})

t.test('a recount of many listeners goes on in parts, and those who are one are counted once', async (t) => {
  const { app } = await openCounting(t, 'SQLite')
  const hits = Array.from({ length: 350 }, (_, index) => {
    const name = String(index).padStart(3, '0')
    const hit = { episodeId: 'one', renditionId: 'first', bytesSent: 20_000 }
    return [
      makeHit({ ...hit, listenerKey: `${index % 2 ? 'a' : 'z'} ${name}` }),
      makeHit({
        ...hit,
        listenerKey: `${index % 2 ? 'z' : 'a'} ${name}`,
        previousKey: `${index % 2 ? 'a' : 'z'} ${name}`,
        at: monday + hourMs,
      }),
    ]
  }).flat()
  await logHits(app.db, hits)
  for (const step of ['counted', 'counted anew']) {
    await rollUp(app, {}, jobRun())
    t.same(await readNumbers(app.db), countAll(hits, 'first-touch', null), step)
    await recountAll(app)
  }
  t.equal((await readNumbers(app.db)).showDays['day 2026-11-23 '], 350)
})

t.test(
  'what was asked by the key of before, and is read a page after what was asked by the new one, is one download with it',
  async (t) => {
    const { app } = await openCounting(t, 'SQLite')
    const hit = { episodeId: 'one', renditionId: 'first', bytesSent: 20_000 }
    const hits = [
      makeHit({ ...hit, listenerKey: 'new', previousKey: 'old', at: monday + 2 * hourMs }),
      makeHit({ ...hit, listenerKey: 'old', at: monday + hourMs }),
    ]
    await logHits(app.db, hits)
    await rollUp(byPages(app, 1), {}, jobRun())
    t.same(await readNumbers(app.db), countAll(hits, 'first-touch', null))
    t.equal((await readNumbers(app.db)).showDays['day 2026-11-23 '], 1)
  },
)

/** A show with two episodes, in whose log there is nothing. */
async function openCounting(t: Test, engine: string): Promise<Station> {
  const environment = await databaseSettings(t, engine)
  const station = await openStation(t, { clock: fakeClock(monday + 20 * dayMs), environment })
  const { app } = station
  const show = await station.createShow()
  for (const [index, id] of ['one', 'two'].entries()) {
    const made = await station.createEpisode(show.id, { slug: id })
    const publishAt = monday + index * 50 * hourMs
    await app.db.updateTable('episode').set({ id, publishAt }).where('id', '=', made.id).execute()
  }
  for (const id of ['first', 'second']) {
    await app.db
      .insertInto('rendition')
      .values({ ...aRendition, ...tiny, id, episodeId: 'one' })
      .execute()
  }
  return station
}

const aRendition = {
  uploadId: 'upload',
  alternateOf: null,
  key: 'key',
  type: 'audio/mpeg',
  channels: 1,
  sampleRateHz: 44_100,
  sha256: '',
  isKept: 0,
  sourceLufs: null,
  sourcePeakDbtp: null,
  targetLufs: null,
  gainDb: 0,
  limitedDb: 0,
  shortfallLu: 0,
  lufs: null,
  peakDbtp: null,
  measuredAt: null,
  createdAt: monday,
  retiredAt: null,
  removedAt: null,
} as const

/** The same app, whose log gives so many hits at a time at most. */
const byPages = (app: App, hitsOnPage: number): App => ({
  ...app,
  events: { ...app.events, read: (after, limit) => app.events.read(after, Math.min(limit, hitsOnPage)) },
})

async function forgetAll(db: Db): Promise<void> {
  for (const table of ['hit', 'listening', 'recount', 'episodeDay', 'showDay', 'episodeCurve', 'counter'] as const) {
    await db.deleteFrom(table).execute()
  }
  const nothing = { position: 0, settledBefore: 0, linkedUntil: 0, forgottenBefore: 0, rules: '' }
  await db.updateTable('counting').set(nothing).execute()
}

type Numbers = Readonly<{
  days: Record<string, number>
  showDays: Record<string, number>
  curves: Record<string, { downloads: number; firstDays: number[]; streaming: unknown; download: unknown }>
}>

/** What reports are made of, but for what is zero. */
async function readNumbers(db: Db): Promise<Numbers> {
  const days = await db.selectFrom('episodeDay').selectAll().where('downloads', '<>', 0).execute()
  const showDays = await db.selectFrom('showDay').selectAll().where('downloads', '<>', 0).execute()
  const curves = await db.selectFrom('episodeCurve').selectAll().execute()
  return {
    days: sum(days.map(({ downloads, ...row }) => [nameOfDay(row), downloads])),
    showDays: sum(showDays.map((row) => [[row.aspect, row.day, row.value].join(' '), row.downloads])),
    curves: Object.fromEntries(
      curves
        .map(
          (row) =>
            [
              row.episodeId,
              {
                downloads: row.downloads,
                firstDays: JSON.parse(row.firstDays),
                streaming: JSON.parse(row.streaming),
                download: JSON.parse(row.download),
              },
            ] as const,
        )
        .filter(([, curve]) => curve.downloads !== 0)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
  }
}

type Day = Readonly<Record<'episodeId' | 'day' | 'app' | 'device' | 'country' | 'way' | 'certainty', string>>

const nameOfDay = ({ episodeId, day, app, device, country, way, certainty }: Day) =>
  [episodeId, day, app, device, country, way, certainty].join(' ')

/** The same, counted from nothing. */
function countAll(hits: readonly Hit[], window: CountWindow, timeZone: string | null): Numbers {
  const factsOf = (id: string) => (id === 'gone' ? undefined : tiny)
  const downloads = countDownloads(hits, { factsOf, ruleOf: () => ({ window, timeZone }), agentOf })
  const userAgents = new Map(hits.map((hit) => [listenerOf(hit).split('.')[1], hit.userAgent]))
  const rows = downloads.map(({ episodeId, day, listener, window }) => {
    const { app, device } = agentOf(userAgents.get(listener.split('.')[1]))
    const way = window.isDownload ? 'download' : 'streaming'
    return { episodeId, day, app, device, country: window.country ?? 'unknown', way, certainty: window.certainty }
  })
  const aspects = rows.flatMap(({ day, episodeId, ...row }) =>
    Object.entries({ day: '', episode: episodeId, ...row }).map(([aspect, value]) => [aspect, day, value].join(' ')),
  )
  const curves = ['one', 'two'].flatMap((episodeId, index) => {
    const own = downloads.filter((download) => download.episodeId === episodeId)
    if (own.length === 0) return []
    const days = Array.from({ length: firstDays }, (_, age) => {
      const start = monday + index * 50 * hourMs + age * dayMs
      return own.filter(({ window: { openedAt } }) => openedAt >= start && openedAt < start + dayMs).length
    })
    const fetched = (isDownload: boolean) => {
      const heard = own.filter(
        ({ window: each }) => each.isDownload === isDownload && Object.keys(each.heard).length > 0,
      )
      const parts = heard.map((each) => heardParts(each.window, factsOf))
      return {
        listeners: heard.length,
        parts: Array.from({ length: audioParts }, (_, part) => parts.filter((each) => each[part]).length),
      }
    }
    return [[episodeId, { downloads: own.length, firstDays: days, streaming: fetched(false), download: fetched(true) }]]
  })
  return {
    days: sum(rows.map((row) => [nameOfDay(row), 1])),
    showDays: sum(aspects.map((name) => [name, 1])),
    curves: Object.fromEntries(curves),
  }
}

function sum(counts: readonly (readonly [string, number])[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const [name, count] of counts.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    sums[name] = (sums[name] ?? 0) + count
  }
  return sums
}
