import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import type { App } from '../../src/core/app.ts'
import { findAlternate } from '../../src/shows/alternate.ts'
import { getEpisode, updateEpisode } from '../../src/shows/episode.ts'
import type { EpisodeView } from '../../src/shows/schemas.ts'
import { addAac, giveUpAac } from '../../src/uploads/add-aac.ts'
import { retagEpisode } from '../../src/uploads/retag-episode.ts'
import { hash } from '../contract/bodies.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { chaptersOf, probeFile } from '../fixtures/probe-m4a.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const recording = await makeRecording(t.testdir(), { kind: 'wav', seconds: 2, channels: 2 })

/** A published episode of a show that asks for AAC; its recording is kept, unless told. */
async function stationWithEpisode(t: Test, { isKept = true } = {}) {
  const station = await openStation(t)
  const { app, api, web } = station
  const show = await station.createShow({ aacKbps: 96 })
  const { id } = await publishedEpisode(station, show)
  const keep = async () => {
    const key = `shows/${show.id}/episodes/${id}/originals/take.wav`
    const { size } = await stat(recording)
    await app.storage.put(key, createReadStream(recording), { type: 'audio/wav', size })
    const { uploadId } = await getEpisode(app.db, id)
    await app.db.updateTable('upload').set({ originalKey: key }).where('id', '=', uploadId).execute()
    return key
  }
  const originalKey = isKept ? await keep() : ''
  return {
    ...station,
    show,
    id,
    originalKey,
    keep,
    add: () => addAac(app, { episodeId: id }, jobRun()),
    view: async (): Promise<EpisodeView> => (await api('GET', `/episodes/${id}`)).json(),
    alternate: async () => findAlternate(app.db, String((await getEpisode(app.db, id)).renditionId)),
    ask: (file = 'first-light.m4a', headers = {}) => web.inject({ url: `/audio/${id}/${file}`, headers }),
    waiting: async () => (await app.db.selectFrom('job').select('name').execute()).map(({ name }) => name),
    set: (aacKbps: number | null) => api('PATCH', `/shows/${show.id}`, { aacKbps }),
  }
}

t.test('the recording becomes AAC beside the MP3, as loud as it is, with the tags of the episode', async (t) => {
  const { add, id, api, view, ask, alternate } = await stationWithEpisode(t)
  const chapters = '00:00:00.000 Arrival\n00:00:01.500 Weather\n'
  await api('PUT', `/episodes/${id}/chapters`, chapters, { 'content-type': 'text/plain' })
  await add()
  const row = await alternate()
  t.match(row, { type: 'audio/x-m4a', bitrateKbps: 96, targetLufs: -16, isKept: 0, channels: 2, durationSeconds: 2 })
  t.ok(Math.abs((row?.lufs ?? 0) + 16) <= 0.3, `${row?.lufs} LUFS`)
  const { audio, upload } = await view()
  const url = audio?.url.replace(/mp3$/, 'm4a')
  t.match(audio, {
    type: 'audio/mpeg',
    alternates: [{ url, type: 'audio/x-m4a', bitrateKbps: 96, durationSeconds: 2 }],
  })
  t.same(upload?.warnings, [])
  await eventually(20, async () => (await ask()).statusCode === 200)
  const { rawPayload: bytes } = await ask()
  t.match(row, { bytes: bytes.length, sha256: hash(bytes) })
  t.equal(row?.sha384, createHash('sha384').update(bytes).digest('base64'))
  const file = path.join(t.testdir(), 'served.m4a')
  await writeFile(file, bytes)
  const probed = await probeFile(file)
  t.match(probed.format.tags, { title: 'First light', album: 'Long Waves', artist: 'The Author' })
  t.same(chaptersOf(probed), [
    [0, 1.5, 'Arrival'],
    [1.5, 2, 'Weather'],
  ])
})

t.test(
  'run again it changes nothing; new tags are put to the same audio, even when the recording is gone',
  async (t) => {
    const { app, id, add, alternate, waiting, originalKey } = await stationWithEpisode(t)
    await add()
    const first = await alternate()
    await add()
    t.same(await alternate(), first)
    await app.storage.delete(originalKey)
    await app.db.deleteFrom('job').execute()
    await updateEpisode(app, id, { title: 'Second light' })
    await retagEpisode(app, { episodeId: id }, jobRun())
    const between = await alternate()
    t.match(between, { key: first?.key, sha256: first?.sha256 }, 'until it has its new tags, it is served as it was')
    t.ok((await waiting()).includes('add-aac'))
    await add()
    const second = await alternate()
    t.not(second?.sha256, first?.sha256)
    t.match(second, { durationSeconds: 2, bitrateKbps: 96, lufs: first?.lufs })
    t.ok(Number(second?.createdAt) - Number(first?.createdAt) >= 1000, 'nobody can join the two by their dates')
    const kept = await app.db.selectFrom('rendition').select('retiredAt').where('id', '=', String(first?.id)).execute()
    t.type(kept[0]?.retiredAt, 'number')
  },
)

t.test('a recording that is gone is told in words, until it is there again', async (t) => {
  const { app, id, add, view, alternate, keep } = await stationWithEpisode(t, { isKept: false })
  await add()
  await add()
  const { upload, audio } = await view()
  t.match(upload?.warnings, [/no AAC .* recording itself is not kept here any more.*upload it again/])
  t.same([upload?.warnings.length, audio?.alternates], [1, []])
  await giveUpAac(app, { episodeId: id })
  t.match((await view()).upload?.warnings, [/no AAC .* failed several times/])
  await keep()
  await add()
  t.same((await view()).upload?.warnings, [])
  t.ok(await alternate())
})

t.test('another bit rate is encoded anew; where it cannot be, the AAC that is there stays', async (t) => {
  const { app, add, set, view, alternate, originalKey } = await stationWithEpisode(t)
  await add()
  await set(64)
  await add()
  t.match(await alternate(), { bitrateKbps: 64 })
  await app.storage.delete(originalKey)
  await set(128)
  await add()
  t.match(await alternate(), { bitrateKbps: 64 })
  t.match((await view()).upload?.warnings, [/no AAC of the bit rate/])
})

t.test('switched off none is served any more; switched on every episode gets it back', async (t) => {
  const { app, id, add, set, view, ask, alternate, waiting } = await stationWithEpisode(t)
  await add()
  const first = await alternate()
  await set(null)
  t.same((await view()).audio?.alternates, [])
  await eventually(20, async () => (await ask()).statusCode === 404)
  await updateEpisode(app, id, { title: 'Second light' })
  await retagEpisode(app, { episodeId: id }, jobRun())
  await add()
  t.equal(await alternate(), undefined, 'nor does a new title bring it back')
  await updateEpisode(app, id, { title: 'First light' })
  await retagEpisode(app, { episodeId: id }, jobRun())
  await app.db.deleteFrom('job').execute()
  await set(96)
  t.ok((await waiting()).includes('add-aac-to-show'))
  await add()
  t.match(await alternate(), { key: first?.key, sha256: first?.sha256 })
})

t.test('earlier audio that is restored has its AAC again', async (t) => {
  const { app, api, id, add, alternate, waiting } = await stationWithEpisode(t)
  await add()
  const first = await alternate()
  const before = await getEpisode(app.db, id)
  await giveAudio(app, id, { bytes: Buffer.from('other audio') })
  t.equal(await alternate(), undefined)
  const refused = await api('PUT', `/episodes/${id}/rendition`, { id: first?.id })
  t.equal(refused.statusCode, 404, 'what stands beside an MP3 is not restored by itself')
  t.equal((await api('GET', `/episodes/${id}/renditions`)).json().length, 2)
  await app.db.deleteFrom('job').execute()
  await api('PUT', `/episodes/${id}/rendition`, { id: before.renditionId })
  t.match(await alternate(), { key: first?.key, uploadId: first?.uploadId })
  t.ok((await waiting()).includes('add-aac'), 'for its tags, or where it has none')
})

t.test('what is not wanted any more when it is made is not taken', async (t) => {
  const { app, id, set, alternate } = await stationWithEpisode(t)
  for (const change of [() => set(null), () => giveAudio(app, id, { bytes: Buffer.from('other audio') })]) {
    await set(96)
    const putFile: App['storage']['putFile'] = async (...options) => {
      await change()
      return app.storage.putFile(...options)
    }
    await addAac({ ...app, storage: { ...app.storage, putFile } }, { episodeId: id }, jobRun())
    t.equal(await alternate(), undefined)
  }
  await addAac(app, { episodeId: 'nobody' }, jobRun())
})

t.test('a recording that is not to be kept waits for its AAC, and goes then', async (t) => {
  const station = await openStation(t, { environment: { KEEP_ORIGINALS: 'false' } })
  station.startWorking()
  const show = await station.createShow({ aacKbps: 64 })
  const { id } = await station.createEpisode(show.id)
  await station.api('PUT', `/episodes/${id}/audio`, await readFile(recording))
  const { audio, upload } = await eventually(30, async () => {
    const episode: EpisodeView = (await station.api('GET', `/episodes/${id}`)).json()
    return episode.audio?.alternates.length === 1 && episode
  })
  t.match(audio?.alternates, [{ bitrateKbps: 64, durationSeconds: 2 }])
  t.same(upload?.warnings, [])
  await eventually(20, async () => {
    for await (const _ of station.app.incoming.list()) return false
    return true
  })
})
