import t, { type Test } from 'tap'
import type { RenditionView } from '../../src/shows/schemas.ts'
import { retagEpisode } from '../../src/uploads/retag-episode.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const dayMs = 24 * 3_600_000

/** A published episode with two recordings, of which the second is served. */
async function stationWithTwo(t: Test) {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock })
  const { app, api } = station
  const episode = await publishedEpisode(station, await station.createShow(), { bytes: Buffer.from('first') })
  clock.turnTo(noon + dayMs)
  await giveAudio(app, episode.id, { bytes: Buffer.from('second') })
  const list = async (): Promise<RenditionView[]> => (await api('GET', `/episodes/${episode.id}/renditions`)).json()
  const restore = (id: string, episodeId = episode.id) => api('PUT', `/episodes/${episodeId}/rendition`, { id })
  const heard = async () => (await station.web.inject(`/audio/${episode.id}/x.mp3`)).body
  const [second, first] = (await list()) as [RenditionView, RenditionView]
  return { ...station, clock, episode, list, restore, heard, first, second }
}

t.test('the audio that an episode has and had is listed, newest upload first', async (t) => {
  const { first, second, list, app, episode } = await stationWithTwo(t)
  t.match(second, { isCurrent: true, bytes: 6, filename: 'take 1.wav', createdAt: '2026-03-02T12:00:00.000Z' })
  t.same([second.retiredAt, second.keptUntil], [undefined, undefined])
  t.match(first, { isCurrent: false, bytes: 5, createdAt: '2026-03-01T12:00:00.000Z' })
  t.match(first, { retiredAt: '2026-03-02T12:00:00.000Z', keptUntil: '2026-04-01T12:00:00.000Z' })
  await retagEpisode(app, { episodeId: episode.id }, jobRun())
  const retagged = await list()
  t.same(
    retagged.map(({ uploadId }) => uploadId),
    [second.uploadId, first.uploadId],
    'the same audio under other tags is listed once',
  )
  t.match(retagged[0], { isCurrent: true, bytes: 65_542 })
})

t.test('earlier audio is served again at the same address, and back', async (t) => {
  const { first, second, list, restore, heard, api, episode, app } = await stationWithTwo(t)
  const before = (await api('GET', `/episodes/${episode.id}`)).json()
  t.equal(await heard(), 'second')
  await app.db.deleteFrom('job').execute()
  const restored = await restore(first.id)
  t.equal(restored.statusCode, 200)
  t.match(restored.json(), { guid: before.guid, state: 'published', audio: { url: before.audio.url, bytes: 5 } })
  t.match(await list(), [
    { uploadId: second.uploadId, isCurrent: false, keptUntil: '2026-04-01T12:00:00.000Z' },
    { uploadId: first.uploadId, isCurrent: true, keptUntil: undefined },
  ])
  const jobs = await app.db.selectFrom('job').select(['name', 'key']).orderBy('name').execute()
  t.match(jobs, [{ name: 'publish-feed' }, { name: 'retag-episode', key: episode.id }])
  await eventually(20, async () => (await heard()) === 'first')
  t.equal((await restore(second.id)).json().audio.bytes, 6)
})

t.test('restored audio has a date of its own, so that nobody keeps what was served in between', async (t) => {
  const { first, restore, app, episode } = await stationWithTwo(t)
  await restore(first.id)
  const rows = await app.db.selectFrom('rendition').select(['id', 'createdAt']).orderBy('createdAt').execute()
  const seconds = rows.map(({ createdAt }) => Math.floor(createdAt / 1000))
  t.equal(new Set(seconds).size, 3)
  const { renditionId } = await app.db.selectFrom('episode').select('renditionId').executeTakeFirstOrThrow()
  t.equal(rows.at(-1)?.id, renditionId, `of ${episode.id} the newest is served`)
})

t.test('what is served already stays as it is', async (t) => {
  const { app, episode, second, list, restore } = await stationWithTwo(t)
  await retagEpisode(app, { episodeId: episode.id }, jobRun())
  const before = await list()
  t.equal((await restore(second.id)).statusCode, 200, 'the same audio under its tags of before')
  t.same(await list(), before)
})

t.test('audio of another episode is not found; audio that is not kept any more is gone, in words', async (t) => {
  const station = await stationWithTwo(t)
  const { app, api, episode, first, restore, list } = station
  const other = await publishedEpisode(station, { id: episode.showId })
  for (const answer of [
    await restore('nobody'),
    await restore(first.id, other.id),
    await restore(first.id, 'nobody'),
  ]) {
    t.match(answer.json(), { status: 404, code: 'not-found' })
  }
  t.equal((await api('PUT', `/episodes/${episode.id}/rendition`, {})).statusCode, 400)
  const { key } = await app.db
    .selectFrom('rendition')
    .select('key')
    .where('id', '=', first.id)
    .executeTakeFirstOrThrow()
  await app.storage.delete(key)
  t.match((await restore(first.id)).json(), { status: 410, detail: /not kept any more.*30 days.*Upload/ })
  await app.db.updateTable('rendition').set({ removedAt: noon }).where('id', '=', first.id).execute()
  t.match((await restore(first.id)).json(), { status: 410, detail: /not kept any more/ })
  t.equal((await list()).length, 1)
  await api('DELETE', `/episodes/${episode.id}`)
  t.equal((await restore(first.id)).statusCode, 410)
  t.equal((await api('GET', `/episodes/${episode.id}/renditions`)).statusCode, 410)
})
