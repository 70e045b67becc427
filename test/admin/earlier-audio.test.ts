import t from 'tap'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { openAdmin } from './station.ts'

t.test('earlier audio is listed beside its episode, and restored by its button', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const episode = await publishedEpisode(station, await station.createShow(), { bytes: Buffer.alloc(12_000) })
  t.notMatch((await station.get('/admin')).body, 'Earlier audio', 'there is none')
  await giveAudio(station.app, episode.id, { bytes: Buffer.alloc(34_000) })

  for (const url of ['/admin', `/admin/episodes/${episode.id}`]) {
    const { body } = await station.get(url)
    t.match(body, /Earlier audio.*take 1\.wav.*12 kB/s, url)
    t.notMatch(body, '34 kB', 'what is served is not offered')
  }
  const id = /name="id" value="([^"]+)"/.exec((await station.get('/admin')).body)?.[1] ?? ''
  const answer = await station.post(`/admin/episodes/${episode.id}/restore`, { id })
  t.match(answer, { statusCode: 303, headers: { location: `/admin#episode-${episode.id}` } })
  const { body } = await station.get('/admin')
  t.match(body, /Earlier audio.*34 kB/s)
  t.notMatch(body, '12 kB')
  t.equal((await station.post(`/admin/episodes/${episode.id}/restore`, { id: 'nobody' })).statusCode, 404)
  t.equal((await station.post(`/admin/episodes/${episode.id}/restore`)).statusCode, 404)
})
