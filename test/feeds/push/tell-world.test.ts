import t from 'tap'
import { newId } from '../../../src/core/ids.ts'
import { tellEdit } from '../../../src/feeds/push/tell-edit.ts'
import { getEpisode } from '../../../src/shows/episode.ts'
import { publishEpisode, unpublishEpisode } from '../../../src/shows/publication.ts'
import { jobRun } from '../../fixtures/job-run.ts'
import { publishedEpisode } from '../../fixtures/published-episode.ts'
import { everybody, minuteMs, noon, pushStation, settings } from './station.ts'

const hourMs = 60 * minuteMs

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`a published episode is announced once, with a job for each message, on ${engine}`, async (t) => {
    const { app, show, told, pushes, jobs, clock, ...station } = await pushStation(t, engine)
    t.same(await pushes(), [], 'an empty feed is no news')
    const { id } = await publishedEpisode({ app }, show)
    t.equal((await getEpisode(app.db, id)).announcedAt, null, 'the feed does not have it yet')
    t.same(await told(), everybody)
    t.equal((await getEpisode(app.db, id)).announcedAt, noon)
    t.match(await pushes(), [
      { target: 'https://hub.example/', state: 'waiting', attempts: 0, status: null, triedAt: null, createdAt: noon },
      { target: 'https://podping.example/' },
      { target: 'https://overcast.example/ping' },
    ])
    const sending = (await jobs('push')).map(({ payload, runAt, lane }) => [JSON.parse(payload).pushId, runAt, lane])
    t.same(
      sending,
      (await pushes()).map(({ id }) => [id, noon + 1_000, 'outgoing']),
      'when every process answers anew',
    )

    clock.turnTo(noon + hourMs)
    t.same(await told(), [], 'the same feed made again')
    await unpublishEpisode(app, id)
    t.same(await told(), [], 'taken back')
    await publishEpisode(app, id)
    t.same(await told(), [], 'published again')
    t.equal((await getEpisode(app.db, id)).announcedAt, noon, 'set once')
    await station.api('DELETE', `/episodes/${id}`)
    t.same(await told(), [], 'deleted')
    t.same(await jobs('tell-edit'), [], 'and none of it is an edit')
  })

  t.test(`edits are told after five minutes, a series of them at once, on ${engine}`, async (t) => {
    const { api, app, show, told, jobs, clock } = await pushStation(t, engine)
    const first = await publishedEpisode({ app }, show)
    await told()
    clock.turnTo(noon + minuteMs)
    for (const title of ['One', 'Two', 'Three']) {
      await api('PATCH', `/episodes/${first.id}`, { title })
      t.same(await told(), [])
      clock.turnTo(clock.now() + 1_000)
    }
    const [edit, ...others] = await jobs('tell-edit')
    t.same(others, [])
    t.match(edit, { key: show.id, runAt: noon + minuteMs + 5 * minuteMs }, 'five minutes from the first')

    const payload = JSON.parse(edit?.payload ?? '')
    clock.turnTo(noon + 6 * minuteMs)
    const since = async () => {
      const rows = await app.db.selectFrom('push').selectAll().where('createdAt', '=', clock.now()).execute()
      return rows.map(({ service, reason }) => `${service} ${reason}`)
    }
    await tellEdit(app, payload, jobRun())
    t.same(await since(), ['websub update', 'podping update'], 'Overcast is told of new episodes alone')
    clock.turnTo(noon + 7 * minuteMs)
    await tellEdit(app, payload, jobRun())
    t.same(await since(), [], 'a later message told them already')
  })
}

t.test('back-dated by more than ten minutes, an episode is never announced', async (t) => {
  const { app, show, told } = await pushStation(t, 'SQLite')
  const rows: [number, number | null, string[]][] = [
    [noon - 400 * 24 * hourMs, noon, []],
    [noon - 10 * minuteMs - 1, noon, []],
    [noon - 10 * minuteMs, null, everybody],
    [noon, null, everybody],
  ]
  for (const [publishAt, announcedAt, expected] of rows) {
    const { id } = await publishedEpisode({ app }, show, { publishAt, title: `At ${publishAt}` })
    t.equal((await getEpisode(app.db, id)).announcedAt, announcedAt)
    t.same(await told(), expected, new Date(publishAt).toISOString())
    await publishEpisode(app, id, noon)
    t.same(await told(), [], 'whatever its date becomes')
  }
})

t.test('what was announced is not forgotten when it is back-dated later', async (t) => {
  const { app, show, told, clock } = await pushStation(t, 'SQLite')
  const { id } = await publishedEpisode({ app }, show)
  await told()
  clock.turnTo(noon + hourMs)
  await publishEpisode(app, id, noon - hourMs)
  t.equal((await getEpisode(app.db, id)).announcedAt, noon)
})

t.test('a scheduled episode is announced at its moment, not when private feeds have it', async (t) => {
  const { api, app, show, told, clock } = await pushStation(t, 'SQLite')
  await api('POST', `/shows/${show.id}/feed-tokens`, { name: 'a friend' })
  await app.db.updateTable('feedToken').set({ earlySeconds: 3600 }).execute()
  const { id } = await publishedEpisode({ app }, show, { publishAt: noon + hourMs })
  t.same(await told(), [])
  t.equal((await getEpisode(app.db, id)).announcedAt, null)
  clock.turnTo(noon + hourMs)
  t.same(await told(), everybody)
  t.equal((await getEpisode(app.db, id)).announcedAt, noon + hourMs)
})

t.test('episodes that come together are one message', async (t) => {
  const { app, show, told } = await pushStation(t, 'SQLite')
  for (const title of ['One', 'Two']) await publishedEpisode({ app }, show, { title })
  t.same(await told(), everybody)
})

t.test('a live item is told when it begins and when it ends, and an edit of it waits', async (t) => {
  const { app, show, told, jobs } = await pushStation(t, 'SQLite')
  await publishedEpisode({ app }, show)
  await told()
  const id = newId()
  await app.db.insertInto('liveItem').values(liveItem(id, show.id)).execute()
  const turn = (status: string) => app.db.updateTable('liveItem').set({ status }).where('id', '=', id).execute()
  t.same(await told(), [])
  t.equal((await jobs('tell-edit')).length, 1, 'that it is planned')
  await turn('live')
  t.same(await told(), ['websub live', 'podping live'])
  t.same(await told(), [])
  await turn('ended')
  t.same(await told(), ['websub liveEnd', 'podping liveEnd'])
  await turn('live')
  await publishedEpisode({ app }, show, { title: 'Second' })
  t.same(await told(), ['websub live', 'podping live', 'podping update', 'overcast update'])
})

t.test('a show that is hidden, or moved away, is told of to nobody, and its episodes are no news later', async (t) => {
  const { app, show, told, jobs } = await pushStation(t, 'SQLite')
  const rows = [{ feedTags: '{"blocked":true}' }, { newFeedUrl: 'https://elsewhere.example/feed' }]
  for (const row of rows) {
    await app.db.updateTable('show').set(row).where('id', '=', show.id).execute()
    const { id } = await publishedEpisode({ app }, show, { title: JSON.stringify(row) })
    t.same(await told(), [])
    t.equal((await getEpisode(app.db, id)).announcedAt, noon)
    await app.db.updateTable('show').set({ feedTags: '{}', newFeedUrl: null }).where('id', '=', show.id).execute()
    t.same(await told(), [])
  }
  t.equal((await jobs('tell-edit')).length, 1, 'that it can be found again is an edit')
  await app.db.updateTable('show').set({ feedTags: '{"blocked":true}' }).execute()
  await tellEdit(app, { showId: show.id, editedAt: noon }, jobRun())
  t.same(await app.db.selectFrom('push').selectAll().execute(), [], 'unless it is hidden again meanwhile')
})

t.test('where nobody is to be told, episodes are announced in silence', async (t) => {
  const { api, app, show, told, jobs } = await pushStation(t, 'SQLite', { PUBLIC_URL: settings.PUBLIC_URL })
  const { id } = await publishedEpisode({ app }, show)
  t.same(await told(), [])
  t.equal((await getEpisode(app.db, id)).announcedAt, noon)
  await api('PATCH', `/shows/${show.id}`, { title: 'Other' })
  await told()
  t.same([...(await jobs('tell-edit')), ...(await jobs('push'))], [])
})

t.test('a build that comes too late announces nothing', async (t) => {
  const { app, show, told, pushes } = await pushStation(t, 'SQLite')
  const { id } = await publishedEpisode({ app }, show)
  await app.db.updateTable('feedDocument').set({ version: 1_000_000 }).execute()
  t.same(await told(), [])
  t.equal((await getEpisode(app.db, id)).announcedAt, null)
  t.same(await pushes(), [])
})

const liveItem = (id: string, showId: string) => ({
  id,
  showId,
  guid: id,
  status: 'pending',
  title: 'Live',
  description: '',
  startsAt: noon + hourMs,
  endsAt: null,
  streamUrl: 'https://radio.example/stream.mp3',
  streamType: 'audio/mpeg',
  feedTags: '{"contentLinks":[{"url":"https://radio.example/live","text":"Live"}]}',
  createdAt: noon,
  updatedAt: noon,
  deletedAt: null,
})
