import t from 'tap'
import { getEpisode } from '../../src/shows/episode.ts'
import { publishEpisode } from '../../src/shows/publication.ts'
import { getShow } from '../../src/shows/show.ts'
import { episodeTags } from '../../src/uploads/episode-tags.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { giveAudio } from '../fixtures/published-episode.ts'
import { openStation } from '../station.ts'

t.test('the tags say what the episode and its show say', async (t) => {
  const { app, createShow, createEpisode } = await openStation(t, { clock: fakeClock(Date.parse('2026-03-01')) })
  const { id: showId } = await createShow({ language: 'de' })
  const notes = '# Wellen\n\nÜber *lange* Wellen & mehr.\n\n- eins\n- zwei'
  const { id } = await createEpisode(showId, { title: 'First light', number: 7, notes })
  const show = await getShow(app.db, showId)
  t.match(await episodeTags(app, show, await getEpisode(app.db, id), { durationSeconds: 60 }), {
    title: 'First light',
    artist: 'The Author',
    album: 'Long Waves',
    number: 7,
    year: 2026,
    comment: 'Wellen\nÜber lange Wellen & mehr.\neins\nzwei',
    language: 'de',
    genre: 'Podcast',
    durationSeconds: 60,
  })
  await giveAudio(app, id)
  await publishEpisode(app, id, Date.parse('2019-06-01'))
  t.equal(
    (await episodeTags(app, show, await getEpisode(app.db, id))).year,
    2019,
    'the year is that of the publication',
  )
})

t.test('an episode without title and notes has none in its tags; one from the recording is taken', async (t) => {
  const { app, createShow, createEpisode } = await openStation(t)
  const { id: showId } = await createShow()
  const show = await getShow(app.db, showId)
  const { id } = await createEpisode(showId, { title: null })
  const episode = await getEpisode(app.db, id)
  t.match(await episodeTags(app, show, episode), { title: undefined, comment: undefined, number: undefined })
  t.match(await episodeTags(app, show, episode, { title: 'Tagged' }), { title: 'Tagged' })
})
