import t from 'tap'
import { getShow, listShows } from '../../src/shows/show.ts'
import { giveAudio } from '../fixtures/published-episode.ts'
import { speechPeaks } from '../fixtures/speech-peaks.ts'
import { openAdmin, showFields } from './station.ts'

const sound = { stereoLufs: '-16', monoLufs: '-19', stereoKbps: '128', monoKbps: '96', aacKbps: '' }

t.test('the sound of a show is set by its form, and left alone by one that does not send it', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  t.match((await station.get('/admin')).body, /name="stereoLufs"[^>]* value="-16"/, 'a new show begins with the usual')
  const typed = { ...sound, stereoLufs: ' −14,5 LUFS', monoLufs: '', stereoKbps: '192', aacKbps: '64 kb/s' }
  await station.post('/admin/shows', { ...showFields, ...typed })
  const [show] = await listShows(station.app.db)
  const id = String(show?.id)
  const expected = { stereoLufs: -14.5, monoLufs: null, stereoKbps: 192, monoKbps: 96, aacKbps: 64 }
  t.match(show, expected)
  const { body } = await station.get('/admin')
  t.match(body, /name="stereoLufs"[^>]* value="-14.5"/)
  t.match(body, /name="monoLufs"[^>]* value\/>/)
  t.match(body, /<option value="192" selected[^>]*>192 kb\/s/)
  t.match(body, /name="aacKbps"[^>]* value="64"/)
  await station.post(`/admin/shows/${id}`, { ...showFields, title: 'Renamed' })
  t.match(await getShow(station.app.db, id), { title: 'Renamed', ...expected })
  await station.post(`/admin/shows/${id}`, { ...showFields, ...sound })
  t.match(await getShow(station.app.db, id), { aacKbps: null }, 'empty takes the AAC back')
})

t.test('a loudness or bit rate that cannot be is refused beside its field, with the fold open', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const mistakes: [keyof typeof sound, string, RegExp][] = [
    ['stereoLufs', 'loud', /Loudness of stereo, LUFS: Write a number like -16, or leave it empty/],
    ['monoLufs', '-40', /Loudness of mono, LUFS: Write a number of at least -31/],
    ['monoLufs', '16', /Loudness of mono, LUFS: Write a number of at most -9/],
    ['stereoKbps', '100', /Bit rate of stereo: This value must be equal to one of the allowed values/],
    ['monoKbps', '', /Bit rate of mono: This value must be/],
    ['aacKbps', 'best', /AAC beside the MP3, kb\/s: Write a number like 64, or leave it empty/],
    ['aacKbps', '24', /AAC beside the MP3, kb\/s: Write a number of at least 32/],
    ['aacKbps', '320', /AAC beside the MP3, kb\/s: Write a number of at most 256/],
    ['aacKbps', '64,5', /AAC beside the MP3, kb\/s: This value must be integer/],
  ]
  for (const [name, value, words] of mistakes) {
    const answer = await station.post('/admin/shows', { ...showFields, ...sound, [name]: value })
    t.equal(answer.statusCode, 400, `${name} ${value}`)
    t.match(answer.body, words)
    t.match(answer.body, /<details class="sound" open/)
  }
  t.same(await listShows(station.app.db), [])
})

t.test("an episode's audio is shown with its loudness and a picture, to its podcaster alone", async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const show = await station.createShow()
  const { id } = await station.createEpisode(show.id)
  await giveAudio(station.app, id, { peaks: speechPeaks(60) })
  const { body } = await station.get(`/admin/episodes/${id}`)
  t.match(body, /−16\.1.LUFS, peaks −1\.2.dBTP · was −23\.0.LUFS · raised by 7\.0.dB/)
  t.notMatch(body, 'data-measuring')
  const [, address = ''] = /<img class="waveform" src="([^"]+)"/.exec(body) ?? []
  const picture = await station.get(address)
  t.match(picture, { statusCode: 200, headers: { 'content-type': 'image/svg+xml' } })
  t.match(picture.body, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 120 100".*<path [^>]*d="M/)
  const stranger = await station.web.inject({ url: address })
  t.notMatch(stranger.body, '<path', 'a draft is for its podcaster alone')
  t.equal((await station.get('/admin/episodes/none/waveform.svg')).statusCode, 404)

  await station.app.db.updateTable('rendition').set({ measuredAt: null, lufs: null, peakDbtp: null }).execute()
  const unmeasured = (await station.get(`/admin/episodes/${id}`)).body
  t.match(unmeasured, /data-measuring[^>]*>.*being measured/s)
})

t.test('a recording can be sent to be kept as it is', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const show = await station.createShow()
  const { id } = await station.createEpisode(show.id)
  const { body } = await station.get(`/admin/episodes/${id}`)
  t.match(body, new RegExp(`<input type="checkbox" data-keep-audio aria-describedby="keep-hint-${id}"`))
  t.match(body, 'Keep my audio as it is')
  t.notMatch(body, 'class="audio-facts"', 'there is nothing to tell yet')
})
