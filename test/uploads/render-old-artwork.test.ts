import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import t, { type Test } from 'tap'
import { newId } from '../../src/core/ids.ts'
import { getEpisode } from '../../src/shows/episode.ts'
import { getShow } from '../../src/shows/show.ts'
import { demandFiles, renderOldArtworks } from '../../src/uploads/render-old-artwork.ts'
import { tagCoverOf } from '../../src/uploads/tag-cover.ts'
import { plain } from '../fixtures/pictures.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const feed = '/shows/long-waves/feed.xml'

/** A show whose picture was taken in when the upload itself was served. */
async function stationOfOld(t: Test, bytes: Buffer) {
  const station = await openStation(t)
  const { app } = station
  const { id: showId } = await station.createShow()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const key = `shows/${showId}/artwork/${sha256}.png`
  await app.storage.put(key, Readable.from([bytes]), { type: 'image/png', size: bytes.length })
  const artwork = { id: newId(), showId, key, type: 'image/png', size: 1400, bytes: bytes.length, sha256, createdAt: 1 }
  await app.db.insertInto('artwork').values(artwork).execute()
  await app.db.updateTable('show').set({ artworkId: artwork.id }).where('id', '=', showId).execute()
  const view = async () => (await station.api('GET', `/shows/${showId}`)).json()
  return { ...station, showId, artwork, view }
}

t.test('a picture from before is served as it is, until the start of a worker makes its sizes', async (t) => {
  const bytes = await plain(1400).png().toBuffer()
  const { app, web, artwork, view, startWorking } = await stationOfOld(t, bytes)
  const before = await view()
  t.match(before, { artworkUrl: /\/cover\.png$/, artworkSizes: [] })
  const { pathname } = new URL(before.artworkUrl)
  const served = await web.inject(pathname)
  t.match(served.headers, { 'content-type': 'image/png' })
  t.ok(served.rawPayload.equals(bytes))
  t.equal((await web.inject(pathname.replace('cover.png', '600.jpg'))).statusCode, 404)

  startWorking()
  await eventually(20, async () => (await view()).artworkSizes.length > 0)
  t.match(await view(), { artworkUrl: /\/cover\.jpg$/, artworkSizes: [1400, 600, 300] })
  await eventually(20, async () => (await web.inject(feed)).body.includes(`/artwork/${artwork.id}/cover.jpg`))
  t.match(await web.inject(pathname), { statusCode: 301, headers: { location: /cover\.jpg$/ } })
  await renderOldArtworks(app)
  const jobs = await app.db.selectFrom('job').select('id').where('name', '=', 'render-artwork').execute()
  t.same(jobs, [], 'what has its files is not made again')
})

t.test('the files are made once, whoever asks', async (t) => {
  const { app, artwork } = await stationOfOld(t, await plain(1400).png().toBuffer())
  const both = await Promise.all([demandFiles(app, artwork.id), demandFiles(app, artwork.id)])
  t.same(
    both.map((files) => files.length),
    [6, 6],
  )
  t.equal((await app.db.selectFrom('artworkFile').selectAll().execute()).length, 6)
})

t.test('a picture that cannot be used, or whose bytes are gone, is left as it is', async (t) => {
  const { app, artwork } = await stationOfOld(t, Buffer.from('no picture'))
  t.same(await demandFiles(app, artwork.id), [])
  await app.storage.delete(artwork.key)
  t.same(await demandFiles(app, artwork.id), [])
  t.same(await demandFiles(app, 'nobody'), [])
})

t.test('the cover for tags is the episode’s, else the show’s, else none', async (t) => {
  const { app, api, artwork, showId, createEpisode } = await stationOfOld(t, await plain(1400).png().toBuffer())
  const { id } = await createEpisode(showId)
  const cover = async () => tagCoverOf(app, await getShow(app.db, showId), await getEpisode(app.db, id))
  const sizeOf = (bytes: Buffer | undefined) => bytes?.subarray(0, 3).toString('hex')
  const ofShow = await cover()
  t.match(ofShow, { type: 'image/jpeg' }, 'made on demand for a picture from before')
  t.equal(sizeOf(ofShow?.bytes), 'ffd8ff')
  t.ok((ofShow?.bytes.length ?? 0) < 300 * 1024)
  await api('PUT', `/episodes/${id}/artwork`, await plain(1400, 1400, 4).png().toBuffer())
  t.notOk(ofShow?.bytes.equals((await cover())?.bytes ?? Buffer.alloc(0)))
  await api('DELETE', `/episodes/${id}/artwork`)
  t.ok(ofShow?.bytes.equals((await cover())?.bytes ?? Buffer.alloc(0)))
  await app.db.updateTable('show').set({ artworkId: null }).where('id', '=', showId).execute()
  t.equal(await cover(), undefined)
  t.equal((await app.db.selectFrom('artworkFile').where('artworkId', '=', artwork.id).selectAll().execute()).length, 6)
})
