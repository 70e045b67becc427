import t from 'tap'
import { requestTranscription } from '../../src/uploads/transcription.ts'
import { giveAudio } from '../fixtures/published-episode.ts'
import { type Admin, openAdmin } from './station.ts'

/** The form of a station with one episode; undefined when there is none. */
const formOf = async (station: Admin) =>
  /<div data-transcribe=.*?<\/div>.*?<\/div>/s.exec((await station.get('/admin')).body)?.[0]

async function withEpisode(station: Admin) {
  await station.signIn()
  return station.createEpisode((await station.createShow()).id)
}

t.test('a station without a transcriber offers none', async (t) => {
  const station = await openAdmin(t)
  await giveAudio(station.app, (await withEpisode(station)).id)
  t.equal(await formOf(station), undefined)
})

t.test('audio can be transcribed, and stopped while it is', async (t) => {
  const station = await openAdmin(t, { TRANSCRIBE_COMMAND: 'whisper' })
  const { id } = await withEpisode(station)
  t.match(await formOf(station), /data-start-transcribing [^>]*hidden/, 'there is no audio yet')
  await giveAudio(station.app, id)
  t.match(await formOf(station), /data-start-transcribing aria-describedby="[^"]*">.*data-stop-transcribing hidden/s)
  await requestTranscription(station.app, id)
  for (const url of ['/admin', `/admin/episodes/${id}`]) {
    const { body } = await station.get(url)
    t.match(body, /data-transcribe-state="waiting".*data-start-transcribing [^>]*hidden/s, url)
    t.match(body, /waits for its turn to be transcribed/, url)
  }
})
