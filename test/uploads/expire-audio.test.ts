import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { restoreRendition } from '../../src/shows/restoration.ts'
import { expireAudio } from '../../src/uploads/expire-audio.ts'
import { sweepStorage } from '../../src/uploads/sweep-storage.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { giveAlternate, giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

const dayMs = 24 * 3_600_000
const start = Date.now()

async function stationWithTwo(t: Test) {
  const clock = fakeClock(start)
  const station = await openStation(t, { clock })
  const { app } = station
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { bytes: Buffer.from('first') })
  await giveAudio(app, episode.id, { bytes: Buffer.from('second') })
  const rows = () =>
    app.db
      .selectFrom('rendition')
      .select(['id', 'bytes', 'key', 'removedAt'])
      .orderBy('createdAt')
      .orderBy('id')
      .execute()
  /** Two sweeps on two days, as it takes to delete an object. */
  const sweepAfter = async (days: number) => {
    for (const day of [days, days + 1]) {
      clock.turnTo(start + day * dayMs + 1000)
      await sweepStorage(app)
    }
  }
  const stored = async () => {
    const sizes: number[] = []
    for await (const { size } of app.storage.list('')) sizes.push(size)
    return sizes.sort()
  }
  return { ...station, show, episode, clock, rows, sweepAfter, stored }
}

t.test('replaced audio is kept for thirty days, then its object goes and its row stays', async (t) => {
  const { rows, sweepAfter, stored } = await stationWithTwo(t)
  await sweepAfter(28)
  t.same(await stored(), [5, 6])
  await sweepAfter(30)
  t.same(await stored(), [6])
  const [first, second] = await rows()
  t.type(first?.removedAt, 'number')
  t.match(second, { bytes: 6, removedAt: null }, 'what is served stays for ever')
  await sweepAfter(400)
  t.same(await stored(), [6])
})

t.test(
  'what stands beside an MP3 is kept as long as it is; one that another took the place of has its thirty days',
  async (t) => {
    const { app, episode, sweepAfter, stored } = await stationWithTwo(t)
    await giveAlternate(app, episode.id, Buffer.from('tagged'.padEnd(20)))
    await giveAlternate(app, episode.id, Buffer.from('tagged anew'.padEnd(21)))
    await sweepAfter(28)
    t.same(await stored(), [20, 21, 5, 6])
    await sweepAfter(31)
    t.same(await stored(), [21, 6])
    await giveAudio(app, episode.id, { bytes: Buffer.from('third recording') })
    await sweepAfter(50)
    t.same(await stored(), [15, 21, 6])
    await sweepAfter(65)
    t.same(await stored(), [15])
  },
)

t.test('an object that restored audio shares with the audio of before stays', async (t) => {
  const { app, episode, rows, sweepAfter, stored } = await stationWithTwo(t)
  const [first] = await rows()
  await restoreRendition(app, episode.id, String(first?.id))
  await sweepAfter(31)
  t.same(await stored(), [5])
  t.same(
    (await rows()).map(({ bytes, removedAt }) => [bytes, removedAt === null]),
    [
      [5, false],
      [6, false],
      [5, true],
    ],
  )
})

t.test('audio that nobody retired, though other audio is served, has its thirty days from now on', async (t) => {
  const { app, clock, rows, sweepAfter, stored } = await stationWithTwo(t)
  await app.db.updateTable('rendition').set({ retiredAt: null }).execute()
  clock.turnTo(start + 100 * dayMs)
  await expireAudio(app)
  t.same(
    (await rows()).map(({ removedAt }) => removedAt),
    [null, null],
  )
  await sweepAfter(131)
  t.same(await stored(), [6])
})

t.test('thirty days after an episode or a show was deleted, its audio and originals go', async (t) => {
  const station = await stationWithTwo(t)
  const { app, api, show, episode, sweepAfter, stored, rows } = station
  const kept = await publishedEpisode(station, show, { bytes: Buffer.from('of another episode') })
  const original = `shows/${show.id}/episodes/${episode.id}/originals/take.wav`

  await app.storage.put(original, Readable.from(['recording']), { type: 'audio/wav', size: 9 })
  await app.db.updateTable('upload').set({ originalKey: original }).where('episodeId', '=', episode.id).execute()
  await api('DELETE', `/episodes/${episode.id}`)
  await sweepAfter(28)
  t.same(await stored(), [18, 5, 6, 9])
  await sweepAfter(31)
  t.same(await stored(), [18])
  t.equal((await rows()).length, 3)
  await api('DELETE', `/shows/${kept.showId}`)
  await sweepAfter(70)
  t.same(await stored(), [])
})
