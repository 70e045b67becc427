import t, { type Test } from 'tap'
import type { JobRun } from '../../../src/core/jobs.ts'
import { LeaseLost } from '../../../src/core/jobs.ts'
import { giveUpPush, sendPush } from '../../../src/feeds/push/send-push.ts'
import { createLiveItem, updateLiveItem } from '../../../src/shows/live-item.ts'
import { jobRun } from '../../fixtures/job-run.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { startStandIn } from '../../fixtures/stand-in.ts'
import { noon, pushStation } from './station.ts'

/** A station with one message that waits, for a hub that answers so. */
async function waiting(t: Test, reply?: Parameters<typeof startStandIn>[1]) {
  const hub = await startStandIn(t, reply)
  const station = await pushStation(t, 'SQLite', { WEBSUB_HUBS: hub.url })
  const { app, show, told, pushes } = station
  await publishedEpisode({ app }, show)
  await told()
  const row = async () => (await pushes())[0]
  const pushId = (await row())?.id ?? ''
  return { ...station, hub, row, pushId, send: (run: JobRun = jobRun()) => sendPush(app, { pushId }, run) }
}

t.test('every answer of 200 to 299 is good, and a message that was sent is not sent again', async (t) => {
  for (const status of [200, 202, 204]) {
    const { hub, row, send } = await waiting(t, status)
    await send()
    t.match(await row(), { state: 'sent', attempts: 1, status, message: null, triedAt: noon })
    await send()
    t.equal(hub.sent.length, 1)
  }
})

t.test('a refusal is final, and the log has the hub’s own words', async (t) => {
  for (const status of [400, 401, 404, 410, 303]) {
    const { row, send } = await waiting(t, (response) => response.writeHead(status).end('<p>No such topic.\n'))
    await send()
    const message = `It answered ${status}: <p>No such topic.`
    t.match(await row(), { state: 'failed', attempts: 1, status, message })
  }
})

t.test('what may pass is tried again, each try noted', async (t) => {
  for (const status of [408, 425, 429, 500, 502, 503]) {
    const { hub, row, send, clock } = await waiting(t, status)
    await t.rejects(send(), { code: 'unavailable' })
    t.match(await row(), { state: 'waiting', attempts: 1, status, message: `It answered ${status}.` })
    clock.turnTo(noon + 4_000)
    await t.rejects(send(), { code: 'unavailable' })
    t.match(await row(), { state: 'waiting', attempts: 2, triedAt: noon + 4_000 })
    hub.replyWith(204)
    await send()
    t.match(await row(), { state: 'sent', attempts: 3, status: 204, message: null })
  }
})

t.test('a hub that says when it wants to be asked again is waited for, and the log says so', async (t) => {
  const [inTen, written] = [noon + 600_000, '2026-03-01T12:10:00.000Z']
  for (const retryAfter of ['600', 'Sun, 01 Mar 2026 12:10:00 GMT']) {
    for (const status of [429, 503]) {
      const { row, send } = await waiting(t, (response) =>
        response.writeHead(status, { 'retry-after': retryAfter }).end('Slow down.'),
      )
      await t.rejects(send(), { code: 'unavailable', retryAt: inTen })
      t.match(await row(), {
        state: 'waiting',
        message: `It answered ${status} and asks to wait until ${written}: Slow down.`,
      })
    }
  }
})

t.test('what a hub says that nobody can read, or of the past, is no wish', async (t) => {
  for (const retryAfter of ['soon', 'Sun, 01 Mar 2020 12:10:00 GMT']) {
    const { row, send } = await waiting(t, (response) => response.writeHead(503, { 'retry-after': retryAfter }).end())
    await t.rejects(send(), { code: 'unavailable' })
    t.match(await row(), { state: 'waiting', message: 'It answered 503.' })
  }
})

t.test('where nobody answers, the row says so; given up, it keeps the reason', async (t) => {
  const { app, row, send, pushId } = await waiting(t, (response) => response.destroy())
  await t.rejects(send(), { code: 'unavailable' })
  t.match(await row(), { state: 'waiting', attempts: 1, status: null, message: /127\.0\.0\.1:\d+ does not answer/ })
  await giveUpPush(app, { pushId })
  t.match(await row(), { state: 'failed', attempts: 1, message: /does not answer/ })
  await send()
  t.match(await row(), { attempts: 1 }, 'and is not tried again')
})

t.test('what failed by our own fault sends its reader to the log', async (t) => {
  const { app, row, pushId } = await waiting(t)
  await giveUpPush(app, { pushId })
  t.match(await row(), { state: 'failed', message: /The log says what/ })
})

t.test('giving up changes nothing of what was sent', async (t) => {
  const { app, row, send, pushId } = await waiting(t)
  await send()
  await giveUpPush(app, { pushId })
  t.match(await row(), { state: 'sent' })
})

t.test('a show that was deleted, hidden or moved meanwhile is told of to nobody', async (t) => {
  const rows = [
    [{ deletedAt: noon }, /was deleted/],
    [{ feedTags: '{"blocked":true}' }, /itunes:block/],
    [{ newFeedUrl: 'https://elsewhere.example/feed' }, /has moved/],
  ] as const
  for (const [change, message] of rows) {
    const { app, hub, row, send } = await waiting(t)
    await app.db.updateTable('show').set(change).execute()
    await send()
    t.match(await row(), { state: 'failed', attempts: 0, message })
    t.same(hub.sent, [])
  }
})

t.test('Podping is not told late that a show is live that is not any more', async (t) => {
  const podping = await startStandIn(t)
  const { app, show, told, pushes } = await pushStation(t, 'SQLite', { PODPING_URL: podping.url })
  const live = await createLiveItem(app, show.id, {
    title: 'On air',
    status: 'live',
    startsAt: '2026-03-01T12:00:00Z',
    stream: { url: 'https://radio.example/live', type: 'audio/mpeg' },
    contentLinks: [{ url: 'https://radio.example/watch', label: 'Watch' }],
  })
  t.same(await told(), ['podping live'])
  await updateLiveItem(app, live.id, { status: 'ended' })
  t.same(await told(), ['podping liveEnd'])
  for (const { id: pushId } of await pushes()) await sendPush(app, { pushId }, jobRun())
  t.match(await pushes(), [
    { reason: 'live', state: 'failed', attempts: 0, message: /^Nothing was live any more/ },
    { reason: 'liveEnd', state: 'sent', attempts: 1 },
  ])
  t.match(podping.sent, [{ parameters: { reason: 'liveEnd' } }])
})

t.test('a hub that the settings name no more is told nothing', async (t) => {
  const { app, hub, row, pushId } = await waiting(t)
  await sendPush({ ...app, config: { ...app.config, webSubHubs: [] } }, { pushId }, jobRun())
  t.match(await row(), { state: 'failed', message: /name it no more/ })
  t.same(hub.sent, [])
})

t.test('a message that was swept needs no sending', async (t) => {
  const { app, hub, send } = await waiting(t)
  await app.db.deleteFrom('push').execute()
  await send()
  t.same(hub.sent, [])
})

t.test('who lost the job notes no result', async (t) => {
  const { row, send } = await waiting(t)
  const run = { ...jobRun(), complete: () => Promise.reject(new LeaseLost('lost')) }
  await t.rejects(send(run), LeaseLost)
  t.match(await row(), { state: 'waiting', attempts: 0 })
})

t.test('a worker that stops gives the message back as it was', async (t) => {
  const stopping = new AbortController()
  const { row, send } = await waiting(t, () => stopping.abort())
  await t.rejects(send(jobRun(stopping.signal)), { name: 'AbortError' })
  t.match(await row(), { state: 'waiting', attempts: 0, message: null })
})
