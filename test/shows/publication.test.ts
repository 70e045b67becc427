import t from 'tap'
import { publishFeed } from '../../src/feeds/publish-feed.ts'
import { failUpload } from '../../src/uploads/process-upload.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { eventually } from '../journey/program.ts'
import { openStation, type Station } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')
const hourMs = 3_600_000
const iso = (instant: number) => new Date(instant).toISOString()

/** What a stranger is answered on the page, for the audio, and whether the feed names the episode. */
async function seenBy(station: Station, { id, showId }: { id: string; showId: string }) {
  const status = async (url: string) => (await station.web.inject(url)).statusCode
  await publishFeed(station.app, { showId })
  return {
    page: await status('/shows/long-waves/episodes/first-light'),
    audio: await status(`/audio/${id}/first-light.mp3`),
    feed: await eventually(20, async () => (await station.web.inject('/shows/long-waves/feed.xml')).body).then((xml) =>
      xml.includes(`/audio/${id}/`),
    ),
  }
}

const hidden = { page: 404, audio: 404, feed: false }
const shown = { page: 200, audio: 200, feed: true }

t.test('a scheduled episode is hidden before its moment and public from it on, until it is taken back', async (t) => {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock })
  const show = await station.createShow()
  const episode = await publishedEpisode(station, show, { publishAt: noon + hourMs })
  const publication = `/episodes/${episode.id}/publication`
  const state = async () => (await station.api('GET', `/episodes/${episode.id}`)).json().state

  t.equal(await state(), 'scheduled')
  t.same(await seenBy(station, episode), hidden)
  clock.turnTo(noon + hourMs - 1)
  t.same(await seenBy(station, episode), hidden, 'a millisecond before')
  clock.turnTo(noon + hourMs)
  t.equal(await state(), 'published')
  await eventually(20, async () => (await seenBy(station, episode)).feed)
  t.same(await seenBy(station, episode), shown)

  const again = (await station.api('PUT', publication)).json()
  t.equal(again.publishAt, iso(noon + hourMs), 'publishing again leaves its moment')
  const back = (await station.api('PUT', publication, { at: '2020-01-01T01:00:00+01:00' })).json()
  t.match(back, { state: 'published', publishAt: '2020-01-01T00:00:00.000Z' }, 'the past back-dates it')

  t.match((await station.api('DELETE', publication)).json(), { state: 'ready', publishAt: undefined })
  await eventually(20, async () => !(await seenBy(station, episode)).feed)
  t.same(await seenBy(station, episode), hidden)
  t.match((await station.api('DELETE', publication)).json(), { state: 'ready' }, 'taking back twice is fine')
  clock.turnTo(noon + 2 * hourMs)
  t.match((await station.api('PUT', publication)).json(), { state: 'published', publishAt: iso(noon + 2 * hourMs) })
})

t.test('a running worker publishes at the moment by itself', async (t) => {
  const station = await openStation(t)
  station.startWorking()
  const show = await station.createShow()
  const at = Date.now() + 1_500
  const episode = await publishedEpisode(station, show, { publishAt: at })
  await eventually(20, async () => (await station.web.inject('/shows/long-waves/feed.xml')).body.includes(episode.guid))
  const lateMs = Date.now() - at
  t.ok(lateMs > 0, `${lateMs} ms after its moment`)
})

t.test('what cannot be published is refused, and stays what it is', async (t) => {
  const station = await openStation(t)
  const { id: showId } = await station.createShow()
  const draft = await station.createEpisode(showId)
  const publication = `/episodes/${draft.id}/publication`
  const refused = await station.api('PUT', publication)
  t.match(refused.json(), { status: 400, code: 'invalid', detail: /no audio yet: upload a recording/ })

  await giveAudio(station.app, draft.id)
  const mistakes: [unknown, RegExp][] = [
    [{ at: 'tomorrow' }, /date-time/],
    [{ at: '2026-12-24' }, /date-time/],
    [{ at: '2026-02-30T10:00:00Z' }, /date-time/],
    [{ at: '2026-12-31T23:59:60Z' }, /not a moment. Write it like 2026-12-24T18:00:00Z/],
    [{ at: 5 }, /must be string/],
  ]
  for (const [body, detail] of mistakes) {
    t.match((await station.api('PUT', publication, body as object)).json(), { status: 400, field: 'at', detail })
  }
  t.match((await station.api('PUT', publication, { when: 1 })).json(), { status: 400, field: 'when' })
  await station.api('PATCH', `/episodes/${draft.id}`, { title: null })
  t.match((await station.api('PUT', publication)).json(), { status: 400, field: 'title', detail: /no title yet/ })
  t.match((await station.api('GET', `/episodes/${draft.id}`)).json(), { state: 'ready', publishAt: undefined })
})

t.test('publication that is asked for while audio is made is kept as intent', async (t) => {
  const clock = fakeClock(noon)
  const station = await openStation(t, { clock })
  const { id: showId } = await station.createShow()
  const episode = await station.createEpisode(showId)
  const url = `/episodes/${episode.id}`
  const wav = Buffer.concat([Buffer.from('RIFF\u0024\u0000\u0001\u0000WAVEfmt '), Buffer.alloc(60_000)])
  const { upload } = (await station.api('PUT', `${url}/audio`, wav, { 'x-filename': 'a.wav' })).json()
  const asked = (await station.api('PUT', `${url}/publication`)).json()
  t.match(asked, { state: 'processing', publishAt: iso(noon) })
  t.same(await seenBy(station, episode), hidden)

  await failUpload(station.app, upload.id, 'It is no sound.')
  const failed = (await station.api('GET', url)).json()
  t.match(failed, { state: 'failed', publishAt: iso(noon), upload: { reason: 'It is no sound.' } })
  t.equal((await station.api('PUT', `${url}/publication`)).statusCode, 400, 'there is nothing to wait for any more')
  clock.turnTo(noon + hourMs)
  await giveAudio(station.app, episode.id)
  t.match((await station.api('GET', url)).json(), { state: 'published', publishAt: iso(noon) })
  await eventually(20, async () => (await seenBy(station, episode)).feed)
  t.same(await seenBy(station, episode), shown)
})
