import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { createLogIngest } from '../../../src/analytics/ingest/ingest-log.ts'
import { emptyLineTally } from '../../../src/analytics/ingest/line-tally.ts'
import { rollUp } from '../../../src/analytics/roll-up.ts'
import { hitIdOf } from '../../../src/core/ids.ts'
import { createListenerKeys } from '../../../src/delivery/listener-keys.ts'
import { startPostgres } from '../../engines/postgres.ts'
import { combinedLine, logOf, nginxLine } from '../../fixtures/access-log.ts'
import { fakeClock } from '../../fixtures/fake-clock.ts'
import { jobRun } from '../../fixtures/job-run.ts'
import { anyLine } from '../../fixtures/logged-requests.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { openStation } from '../../station.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

/** What is in memory and used. */
function heldBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const dayMs = 24 * 60 * 60 * 1000
const noon = Date.UTC(2026, 10, 26, 12)
const address = '192.0.2.7'

async function stationWithEpisode(t: Test, environment: Record<string, string> = {}) {
  const { app, createShow } = await openStation(t, { clock: fakeClock(noon), environment })
  const episode = await publishedEpisode({ app }, await createShow())
  const options = { countryOf: () => 'IS', oldest: noon - 30 * dayMs }
  const ingest = createLogIngest(app, options)
  /** Takes a log and tells what became of its lines, without those that are none. */
  async function take(log: AsyncIterable<Buffer>, into = ingest): Promise<Record<string, unknown>> {
    const tally = emptyLineTally()
    await into(log, tally)
    return Object.fromEntries(Object.entries(tally).filter(([, value]) => (Array.isArray(value) ? value[0] : value)))
  }
  const hits = async () => (await app.events.read(0, 10_000)).hits
  return { app, episode, url: `/audio/${episode.id}/first-light.mp3`, options, ingest, take, hits }
}

t.test('whatever stands in a log, each of its lines is counted', async (t) => {
  const postgres = await startPostgres()
  t.teardown(() => postgres.stop())
  const environment = {
    DATABASE_URL: await postgres.createDatabase(),
    SECRET_KEY: 'a secret key of 32 characters and more',
  }
  const { url, ingest } = await stationWithEpisode(t, environment)
  const agent = fc.string({ unit: 'binary' })
  const good = fc.record({ http_user_agent: agent, http_range: agent, http_referer: agent, request_id: agent })
  const line = fc.oneof(
    anyLine,
    good.map((fields) => nginxLine(noon, { ...fields, request_uri: url })),
  )
  const start = nginxLine(noon, { request_uri: url })
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
      const log = [start, ...lines.map((each) => each.replaceAll('\n', ' '))]
      const tally = emptyLineTally()
      await ingest(logOf(...log), tally)
      const { taken, known, passedOver, tooOld, notUnderstood } = tally
      return tally.lines === log.length && taken + known + passedOver + tooOld + notUnderstood === log.length
    }),
    { numRuns: 50 },
  )
})

t.test('a request becomes a hit as the station would write it, with its address nowhere', async (t) => {
  const { app, episode, url, take, hits } = await stationWithEpisode(t)
  const line = nginxLine(noon, {
    ...{ request_id: '8e1cd1ef1d0d42bfd4f1ed37cda3d5a2', request_uri: `${url}?_from=app`, remote_addr: address },
    ...{ status: 206, body_bytes_sent: 1_000, http_range: 'bytes=0-999', http_referer: 'https://example.com/' },
  })
  t.strictSame(await take(logOf(line)), { lines: 1, taken: 1 })
  t.strictSame(await hits(), [
    {
      id: hitIdOf('8e1cd1ef1d0d42bfd4f1ed37cda3d5a2'),
      at: noon,
      episodeId: episode.id,
      renditionId: episode.renditionId,
      ...createListenerKeys(app.config.secretKey)(address, noon),
      previousKey: undefined,
      country: 'IS',
      feedTokenId: undefined,
      door: 'audio',
      source: 'log',
      method: 'GET',
      status: 206,
      range: 'bytes=0-999',
      bytesSent: 1_000,
      userAgent: 'AntennaPod/3.11.2',
      referrer: 'https://example.com/',
    },
  ])
})

t.test('a log that is taken again, and one that overlaps with it, gives nothing new', async (t) => {
  const { url, take, hits } = await stationWithEpisode(t)
  const named = [1, 2, 3].map((id) => nginxLine(noon, { request_id: `request ${id}`, request_uri: url }))
  t.strictSame(await take(logOf(...named.slice(0, 2))), { lines: 2, taken: 2 })
  t.strictSame(await take(logOf(...named)), { lines: 3, taken: 1, known: 2 })
  t.strictSame(await take(logOf(...named.toReversed())), { lines: 3, known: 3 })

  const equal = combinedLine(noon, url)
  const nameless = [equal, combinedLine(noon + 1_000, url), equal]
  t.strictSame(await take(logOf(...nameless)), { lines: 3, taken: 3 })
  t.strictSame(await take(logOf(...nameless, combinedLine(noon + 2_000, url))), { lines: 4, taken: 1, known: 3 })
  t.strictSame(await take(logOf(...nameless.slice(1))), { lines: 2, known: 2 }, 'a rotated log')
  t.equal((await hits()).length, 7)
})

t.test('what a log tells is counted on its day, also when it comes late', async (t) => {
  const { app, url, take } = await stationWithEpisode(t)
  const counted = async () => {
    await rollUp(app, {}, jobRun())
    const days = app.db.selectFrom('episodeDay').select(['day', 'downloads', 'country', 'certainty']).orderBy('day')
    return days.execute()
  }
  const today = { day: '2026-11-26', downloads: 1, country: 'IS', certainty: 'delivered' }
  await take(logOf(nginxLine(noon, { request_uri: url })))
  t.strictSame(await counted(), [today])
  const late = [3 * dayMs, 3 * dayMs - 1_000].map((before) => nginxLine(noon - before, { request_uri: url }))
  await take(logOf(...late))
  t.strictSame(await counted(), [{ ...today, day: '2026-11-23' }, today])
  await take(logOf(...late))
  t.strictSame(await counted(), [{ ...today, day: '2026-11-23' }, today])
})

t.test('requests for other things, and answers without audio, are passed over', async (t) => {
  const { url, take } = await stationWithEpisode(t)
  const others: Parameters<typeof nginxLine>[1][] = [
    { request_uri: '/' },
    { request_uri: url, status: 404 },
    { request_uri: url, status: 499 },
    { request_uri: url, status: 502 },
    { request_uri: url, status: 301 },
    { request_uri: url, request_method: 'POST' },
    { request_uri: url, request_method: 'OPTIONS', status: 204 },
    { request_uri: '', request_method: '', status: 400 },
  ]
  const taken: typeof others = [
    { request_uri: url, request_method: 'HEAD', body_bytes_sent: 0 },
    ...[302, 304, 412, 416].map((status) => ({ request_uri: url, status, body_bytes_sent: 0 })),
  ]
  const log = logOf('', ...[...others, ...taken].map((fields, at) => nginxLine(noon + at, fields)))
  t.strictSame(await take(log), { lines: 14, taken: 5, passedOver: 9 })
})

t.test('lines that cannot be understood are counted, and the first of them named', async (t) => {
  const { url, take } = await stationWithEpisode(t)
  const good = nginxLine(noon, { request_uri: url })
  const broken = ['torn', '{"msec":', 'x'.repeat(100_000), nginxLine(noon + 2 * dayMs, { request_uri: url })]
  const log = logOf(good, ...broken, good, 'again', 'and again')
  t.strictSame(await take(log), { lines: 8, taken: 2, notUnderstood: 6, firstNotUnderstood: [2, 3, 4, 5, 7] })
})

t.test('the torn last line of a log is taken when it is whole', async (t) => {
  const { url, take } = await stationWithEpisode(t)
  const lines = [nginxLine(noon, { request_uri: url }), nginxLine(noon + 1, { request_uri: url })]
  async function* torn() {
    yield Buffer.from(lines.join('\n').slice(0, -20))
  }
  t.match(await take(torn()), { lines: 2, taken: 1, notUnderstood: 1 })
  t.strictSame(await take(logOf(...lines)), { lines: 2, taken: 1, known: 1 })
})

t.test('what is older than hits are kept is refused', async (t) => {
  const { url, take } = await stationWithEpisode(t)
  const log = [31, 30, 29].map((days) => nginxLine(noon - days * dayMs, { request_uri: url }))
  t.strictSame(await take(logOf(...log)), { lines: 3, taken: 2, tooOld: 1 })
})

t.test('zipped logs, and long ones, are read to the end', async (t) => {
  const { url, take } = await stationWithEpisode(t)
  const lines = Array.from({ length: 2_500 }, (_, index) => nginxLine(noon + index, { request_uri: url }))
  async function* zipped() {
    yield gzipSync(lines.join('\n'))
  }
  t.strictSame(await take(zipped()), { lines: 2_500, taken: 2_500 })
})

t.test('a long log takes no more memory than a short one', async (t) => {
  const { url, take } = await stationWithEpisode(t)
  const known = nginxLine(noon, { request_id: 'always the same', request_uri: url })
  const chunk = Buffer.from([known, ...Array<string>(200).fill(nginxLine(noon, { request_uri: '/' })), ''].join('\n'))
  const chunks = Math.ceil((24 * 1024 * 1024) / chunk.length)
  const usedBytes: number[] = []
  async function* log() {
    for (let sent = 0; sent < chunks; sent += 1) {
      if (sent % Math.floor(chunks / 4) === 1) usedBytes.push(heldBytes())
      yield Buffer.from(chunk)
    }
  }
  t.strictSame(await take(log()), { lines: chunks * 201, taken: 1, known: chunks - 1, passedOver: chunks * 200 })
  const [first = 0, ...later] = usedBytes
  t.ok(later.length >= 3)
  for (const used of later) t.ok(used - first < 4 * 1024 * 1024, `${used - first} bytes more`)
})

t.test('what was read before a log ends in trouble is taken', async (t) => {
  const { app, url, ingest } = await stationWithEpisode(t)
  async function* failing() {
    yield* logOf(nginxLine(noon, { request_uri: url }))
    throw new Error('the disk is gone')
  }
  const tally = emptyLineTally()
  await t.rejects(ingest(failing(), tally), { message: 'the disk is gone' })
  t.match(tally, { lines: 1, taken: 1 })
  t.equal((await app.events.read(0, 10)).hits.length, 1)
})

t.test('a log of no known form is refused, and one that is empty is fine', async (t) => {
  const { app, options, take } = await stationWithEpisode(t)
  t.strictSame(await take(logOf()), {})
  const greek = logOf('Δεν καταλαβαίνω', 'τίποτα')
  await t.rejects(take(greek), { code: 'invalid', message: /^None of its first lines .* nginx, combined, / })
  const combined = createLogIngest(app, { ...options, form: 'combined' })
  await t.rejects(take(logOf(nginxLine(noon, {})), combined), { message: /^No line of it is of the form combined/ })
})
