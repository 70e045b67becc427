import t from 'tap'
import { newId } from '../../../src/core/ids.ts'
import { sweepPushes } from '../../../src/feeds/push/push.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { everybody, noon, pushStation } from './station.ts'

const dayMs = 24 * 3_600_000

t.test('the log has the newest first, and never the token', async (t) => {
  const { api, app, show, told, pushes } = await pushStation(t, 'SQLite')
  await publishedEpisode({ app }, show)
  await told()
  const tried = { state: 'failed', attempts: 2, status: 401, message: 'It answered 401.', triedAt: noon + 1 }
  await app.db.updateTable('push').set(tried).where('service', '=', 'podping').execute()
  const answer = await api('GET', `/shows/${show.id}/pushes`)
  const list = answer.json()
  const createdAt = '2026-03-01T12:00:00.000Z'
  const newest = (await pushes()).reverse()
  t.same(list, [
    {
      id: newest[0]?.id,
      service: 'overcast',
      target: 'https://overcast.example/ping',
      reason: 'update',
      state: 'waiting',
      attempts: 0,
      createdAt,
    },
    {
      id: newest[1]?.id,
      service: 'podping',
      target: 'https://podping.example/',
      reason: 'update',
      state: 'failed',
      attempts: 2,
      status: 401,
      message: 'It answered 401.',
      createdAt,
      triedAt: '2026-03-01T12:00:00.001Z',
    },
    {
      id: newest[2]?.id,
      service: 'websub',
      target: 'https://hub.example/',
      reason: 'update',
      state: 'waiting',
      attempts: 0,
      createdAt,
    },
  ])
  t.notMatch(answer.body, 'the token of podping')
})

t.test('a hundred are told, or as many as are asked for', async (t) => {
  const { api, app, show } = await pushStation(t, 'SQLite')
  await addPushes(
    app,
    show.id,
    Array.from({ length: 120 }, (_, index) => noon + index),
  )
  const count = async (query: string) => (await api('GET', `/shows/${show.id}/pushes${query}`)).json().length
  t.equal(await count(''), 100)
  t.equal(await count('?limit=7'), 7)
  t.equal(await count('?limit=100'), 100)
  const [first, second] = (await api('GET', `/shows/${show.id}/pushes?limit=2`)).json()
  t.ok(first.createdAt > second.createdAt)
  for (const limit of ['0', '101', '-1', 'all', '']) {
    const refused = await api('GET', `/shows/${show.id}/pushes?limit=${limit}`)
    t.equal(refused.statusCode, 400, limit)
    t.match(refused.json(), { field: 'limit' })
  }
})

t.test('each show has a log of its own, for the owner alone', async (t) => {
  const { api, app, web, show, told, createShow } = await pushStation(t, 'SQLite')
  await publishedEpisode({ app }, show)
  t.same(await told(), everybody)
  const other = await createShow({ title: 'Other' })
  t.same((await api('GET', `/shows/${other.id}/pushes`)).json(), [])
  t.equal((await api('GET', '/shows/never-made/pushes')).statusCode, 404)
  t.equal((await web.inject(`/api/shows/${show.id}/pushes`)).statusCode, 401)
  await api('DELETE', `/shows/${other.id}`)
  t.equal((await api('GET', `/shows/${other.id}/pushes`)).statusCode, 410)
})

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`messages are forgotten after ninety days, on ${engine}`, async (t) => {
    const { app, show, pushes } = await pushStation(t, engine)
    await addPushes(app, show.id, [noon - 90 * dayMs - 1, noon - 90 * dayMs])
    await sweepPushes(app)
    t.same(
      (await pushes()).map(({ createdAt }) => createdAt),
      [noon - 90 * dayMs],
    )
  })
}

async function addPushes({ db }: Awaited<ReturnType<typeof pushStation>>['app'], showId: string, instants: number[]) {
  const row = {
    showId,
    service: 'websub',
    target: 'https://hub.example/',
    reason: 'update',
    state: 'sent',
    attempts: 1,
  }
  for (const createdAt of instants)
    await db
      .insertInto('push')
      .values({ ...row, id: newId(), createdAt })
      .execute()
}
