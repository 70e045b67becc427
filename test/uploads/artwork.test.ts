import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import type { EpisodeView, ShowView } from '../../src/shows/schemas.ts'
import { plain } from '../fixtures/pictures.ts'
import { openStation } from '../station.ts'

async function stationWithEpisode(t: Test) {
  const station = await openStation(t)
  const show = await station.createShow()
  const episode = await station.createEpisode(show.id)
  const getShow = async (): Promise<ShowView> => (await station.api('GET', `/shows/${show.id}`)).json()
  const getEpisode = async (): Promise<EpisodeView> => (await station.api('GET', `/episodes/${episode.id}`)).json()
  const kept = () => station.app.db.selectFrom('artwork').select('id').execute()
  return { ...station, show, episode, getShow, getEpisode, kept }
}

t.test('a show has the default cover until it is given one, and again when that is taken away', async (t) => {
  const { api, show, getShow } = await stationWithEpisode(t)
  t.match(show, { artworkUrl: 'http://localhost:3000/assets/cover/1400.jpg', artworkSizes: [1400, 600, 300] })
  const answer = await api('PUT', `/shows/${show.id}/artwork`, await plain(1500).jpeg().toBuffer())
  t.match(answer, { statusCode: 200 })
  t.match(answer.json(), { artworkUrl: /\/artwork\/.+\/cover\.jpg$/, artworkSizes: [1500, 1400, 600, 300], mended: [] })
  const { mended, ...view } = answer.json()
  t.same(await getShow(), view)
  const taken = await api('DELETE', `/shows/${show.id}/artwork`)
  t.match(taken, { statusCode: 200 })
  t.equal(taken.json().artworkUrl, show.artworkUrl)
  t.equal((await api('DELETE', `/shows/${show.id}/artwork`)).statusCode, 200, 'twice is fine')
})

t.test('an episode has the show’s picture until it is given one of its own', async (t) => {
  const { api, web, show, episode, getEpisode } = await stationWithEpisode(t)
  const ofShow: ShowView = (await api('PUT', `/shows/${show.id}/artwork`, await plain(1400).png().toBuffer())).json()
  t.equal((await getEpisode()).artworkUrl, ofShow.artworkUrl)
  const own = await api('PUT', `/episodes/${episode.id}/artwork`, await plain(1400, 1400, 4).png().toBuffer())
  t.match(own, { statusCode: 200 })
  t.same(own.json().mended, ['Transparency was flattened onto white.'])
  t.not(own.json().artworkUrl, ofShow.artworkUrl)
  t.equal((await getEpisode()).artworkUrl, own.json().artworkUrl)
  t.equal((await api('DELETE', `/episodes/${episode.id}/artwork`)).json().artworkUrl, ofShow.artworkUrl)
  const before = await web.inject(new URL(own.json().artworkUrl).pathname)
  t.equal(before.statusCode, 200, 'what feeds have named goes on answering')
})

t.test('a picture that cannot be used is refused with the rule, and the old one stays', async (t) => {
  const { api, show, episode, getEpisode, kept } = await stationWithEpisode(t)
  const good = await api('PUT', `/episodes/${episode.id}/artwork`, await plain(1400).jpeg().toBuffer())
  const cases: [string, Buffer, number, RegExp][] = [
    ['nothing', Buffer.alloc(0), 400, /empty/],
    ['a small one', await plain(1399).jpeg().toBuffer(), 400, /at least 1400 × 1400/],
    ['text', Buffer.from('hello'), 400, /JPEG or PNG/],
    ['too many bytes', Buffer.alloc(32 * 1024 * 1024 + 1), 413, /at most 32 MB/],
  ]
  for (const [name, bytes, status, detail] of cases) {
    for (const url of [`/shows/${show.id}/artwork`, `/episodes/${episode.id}/artwork`]) {
      const answer = await api('PUT', url, bytes, { 'content-type': 'image/jpeg' })
      t.match(answer.json(), { status, detail }, `${name}: ${url}`)
    }
  }
  t.equal((await getEpisode()).artworkUrl, good.json().artworkUrl)
  t.equal((await kept()).length, 1)
  t.equal((await api('PUT', '/episodes/nobody/artwork', await plain(1400).jpeg().toBuffer())).statusCode, 404)
  t.equal((await api('DELETE', '/shows/nobody/artwork')).statusCode, 404)
})

t.test(
  'the picture is kept as it came, beside the files that are served, under the hashes of their bytes',
  async (t) => {
    const { app, api, show } = await stationWithEpisode(t)
    const sent = await plain(1400).png().toBuffer()
    await api('PUT', `/shows/${show.id}/artwork`, sent)
    const artwork = await app.db.selectFrom('artwork').selectAll().executeTakeFirstOrThrow()
    t.match(artwork, { type: 'image/png', size: 1400, bytes: sent.length, key: /\.png$/ })
    const stored = path.join(app.config.home, 'storage')
    t.ok((await readFile(path.join(stored, artwork.key))).equals(sent))
    const files = await app.db.selectFrom('artworkFile').selectAll().execute()
    t.same(
      new Set(await readdir(path.join(stored, path.dirname(artwork.key)))),
      new Set([artwork, ...files].map(({ key }) => path.basename(key))),
    )
    await api('PUT', `/shows/${show.id}/artwork`, sent)
    t.equal(
      (await readdir(path.join(stored, path.dirname(artwork.key)))).length,
      7,
      'the same picture needs no more room',
    )
  },
)
