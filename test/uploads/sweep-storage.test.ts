import { Readable } from 'node:stream'
import t from 'tap'
import { sweepStorage } from '../../src/uploads/sweep-storage.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { plain } from '../fixtures/pictures.ts'
import { openStation } from '../station.ts'

const hourMs = 3_600_000

t.test('the sweep keeps every file of a picture, and takes what no row names at the second look', async (t) => {
  const clock = fakeClock(Date.now())
  const { app, api, createShow, createEpisode } = await openStation(t, { clock })
  const { id: showId } = await createShow()
  const { id: episodeId } = await createEpisode(showId)
  await api('PUT', `/shows/${showId}/artwork`, await plain(1400).png().toBuffer())
  const put = (key: string) => app.storage.put(key, Readable.from(['x']), { type: 'image/png', size: 1 })
  const chapterImage = { id: 'image', episodeId, key: `shows/${showId}/chapter.png`, type: 'image/png', bytes: 1 }
  await put(chapterImage.key)
  await app.db
    .insertInto('chapterImage')
    .values({ ...chapterImage, sha256: 'x', createdAt: 1 })
    .execute()
  const orphan = `shows/${showId}/artwork/orphan.png`
  await put(orphan)
  for (const hours of [25, 26, 27]) {
    clock.turnTo(Date.now() + hours * hourMs)
    await sweepStorage(app)
    const keys: string[] = []
    for await (const { key } of app.storage.list('shows')) keys.push(key)
    t.equal(keys.includes(orphan), hours === 25, `after ${hours} hours`)
    t.equal(keys.filter((key) => key !== orphan).length, 8, 'an upload, its six files, and a chapter’s picture')
  }
})
