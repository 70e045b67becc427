import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { readMp3Header } from '../../src/audio/mp3/mp3-header.ts'
import { readTags } from '../../src/audio/recording/read-tags.ts'
import type { App } from '../../src/core/app.ts'
import { findEpisode, getEpisode, updateEpisode } from '../../src/shows/episode.ts'
import { findRendition, type Rendition } from '../../src/shows/rendition.ts'
import type { EpisodeView } from '../../src/shows/schemas.ts'
import { retagEpisode } from '../../src/uploads/retag-episode.ts'
import { hash } from '../contract/bodies.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { jobRun } from '../fixtures/job-run.ts'
import { giveAudio, publishedEpisode } from '../fixtures/published-episode.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const areaBytes = 65_536
const noon = Date.parse('2026-03-01T12:00:00Z')
const sound = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7919 + 13) % 251))

async function servedBy(app: App, episodeId: string): Promise<Rendition> {
  const episode = await findEpisode(app.db, episodeId)
  const rendition = await findRendition(app, episode?.renditionId ?? '')
  if (!rendition) throw new Error('nothing is served')
  return rendition
}

async function bytesOf({ storage }: App, { key }: Rendition): Promise<Buffer> {
  const body = await storage.open(key)
  if (!body) throw new Error(`${key} is not there`)
  return buffer(body)
}

/** A published episode whose audio has an area for its tags. */
async function taggedStation(t: Test, bytes = sound) {
  const station = await openStation(t, { clock: fakeClock(noon) })
  const { app } = station
  const show = await station.createShow()
  const { id } = await publishedEpisode(station, show, { bytes })
  const retag = () => retagEpisode(app, { episodeId: id }, jobRun())
  const served = () => servedBy(app, id)
  const old = await served()
  await retag()
  return { ...station, show, id, retag, served, old, tagged: await served() }
}

t.test('audio that has no area for its tags yet gets one before it, and keeps its bytes', async (t) => {
  const { app, old, tagged } = await taggedStation(t)
  t.match(tagged, { headerBytes: areaBytes, bytes: sound.length + areaBytes, uploadId: old.uploadId })
  t.ok((await bytesOf(app, tagged)).subarray(areaBytes).equals(sound))
  t.ok((await bytesOf(app, old)).equals(sound), 'the old object stays as it was')
})

t.test('another title is another object and rendition: same audio, length, address and measurements', async (t) => {
  const { app, api, id, retag, served, tagged } = await taggedStation(t)
  const enclosure = async () => ((await api('GET', `/episodes/${id}`)).json() as EpisodeView).audio
  const before = await enclosure()
  await updateEpisode(app, id, { title: 'Second light' })
  await retag()
  const retagged = await served()
  t.same(await enclosure(), before)
  const { id: _, key, sha256, sha384, createdAt, ...same } = tagged
  t.match(retagged, same)
  t.not(retagged.id, tagged.id)
  t.ok(
    Math.floor(retagged.createdAt / 1000) > Math.floor(createdAt / 1000),
    'its date differs though no time has passed',
  )
  const [old, now] = [await bytesOf(app, tagged), await bytesOf(app, retagged)]
  t.ok(now.subarray(areaBytes).equals(old.subarray(areaBytes)))
  t.notOk(now.equals(old))
  t.ok(now.includes('Second light'))
  t.match(await findRendition(app, tagged.id), { retiredAt: noon, removedAt: null })
  t.equal(retagged.sha256, hash(now))
  t.equal(retagged.sha384, createHash('sha384').update(now).digest('base64'))
  t.ok(retagged.key.endsWith(`/${hash(now)}.mp3`))
})

t.test('tags that are right already change nothing', async (t) => {
  const { app, id, retag, served, tagged } = await taggedStation(t)
  await updateEpisode(app, id, { title: 'Second light' })
  await updateEpisode(app, id, { title: 'First light', season: 2 })
  await retag()
  t.same(await served(), tagged)
})

t.test('other audio that took the place meanwhile stays, and is tagged next', async (t) => {
  const { app, id, served, tagged } = await taggedStation(t)
  await updateEpisode(app, id, { title: 'Second light' })
  await app.db.deleteFrom('job').execute()
  const replaceHead: App['storage']['replaceHead'] = async (...options) => {
    await giveAudio(app, id, { bytes: Buffer.from('other audio') })
    return app.storage.replaceHead(...options)
  }
  await retagEpisode({ ...app, storage: { ...app.storage, replaceHead } }, { episodeId: id }, jobRun())
  const now = await served()
  t.not(now.uploadId, tagged.uploadId)
  t.equal(String(await bytesOf(app, now)), 'other audio')
  const waiting = await app.db.selectFrom('job').select('key').where('name', '=', 'retag-episode').execute()
  t.same(waiting, [{ key: id }])
})

t.test('what is measured while the tags are made is kept', async (t) => {
  const { app, id, served, tagged } = await taggedStation(t)
  await updateEpisode(app, id, { title: 'Second light' })
  const replaceHead: App['storage']['replaceHead'] = async (...options) => {
    await app.db.updateTable('rendition').set({ lufs: -16.2 }).where('uploadId', '=', tagged.uploadId).execute()
    return app.storage.replaceHead(...options)
  }
  await retagEpisode({ ...app, storage: { ...app.storage, replaceHead } }, { episodeId: id }, jobRun())
  t.match(await served(), { lufs: -16.2, headerBytes: tagged.headerBytes })
})

t.test('what was deleted, or has no audio, is left alone', async (t) => {
  const station = await taggedStation(t)
  const { app, api, show, id, retag, served, tagged } = station
  const draft = await station.createEpisode(show.id)
  await retagEpisode(app, { episodeId: draft.id }, jobRun())
  await retagEpisode(app, { episodeId: 'nobody' }, jobRun())
  await updateEpisode(app, id, { title: 'Second light' })
  await api('DELETE', `/episodes/${id}`)
  await retag()
  t.same(await served(), tagged)
})

t.test('audio that is lost is an error that names it; a job that is stopped stores nothing', async (t) => {
  const { app, id, retag, tagged, served } = await taggedStation(t)
  await updateEpisode(app, id, { title: 'Second light' })
  const stopped = AbortSignal.abort(new Error('the worker stops'))
  await t.rejects(retagEpisode(app, { episodeId: id }, jobRun(stopped)), /worker stops/)
  t.same(await served(), tagged)
  await app.storage.delete(tagged.key)
  await t.rejects(retag(), { message: new RegExp(tagged.key) })
  t.same(await getEpisode(app.db, id).then((episode) => episode.renditionId), tagged.id)
})

t.test('an encoded recording is retagged by the worker after an edit, and is still the same MP3', async (t) => {
  const clock = fakeClock(Date.now())
  const station = await openStation(t, { clock })
  const { app, api } = station
  station.startWorking()
  const show = await station.createShow()
  const { id } = await station.createEpisode(show.id)
  const folder = t.testdir()
  const wav = await readFile(await makeRecording(folder, { kind: 'wav', seconds: 3, channels: 2 }))
  await api('PUT', `/episodes/${id}/audio`, wav)
  await eventually(30, async () => (await api('GET', `/episodes/${id}`)).json().audio)
  // By a clock of last hour: what is to be done in a minute is due at once.
  clock.turnTo(Date.now() - 3_600_000)
  await api('PATCH', `/episodes/${id}`, { title: 'Grüße an alle' })
  clock.turnTo(Date.now())
  const file = path.join(folder, 'served.mp3')
  await eventually(20, async () => {
    await writeFile(file, await bytesOf(app, await servedBy(app, id)))
    return (await readTags(file, { signal: new AbortController().signal })).title === 'Grüße an alle'
  })
  const { key, headerBytes, bytes, sha256, durationSeconds } = await servedBy(app, id)
  const served = await readFile(file)
  t.equal(served.length, bytes)
  t.equal(createHash('sha256').update(served).digest('hex'), sha256)
  const header = await readMp3Header(file)
  t.equal(header?.headerBytes, headerBytes)
  t.equal((header?.stream?.samples ?? 0) / 44_100, durationSeconds)
  t.equal(headerBytes % areaBytes, 0)
  const [first] = await app.db
    .selectFrom('rendition')
    .selectAll()
    .where('episodeId', '=', id)
    .orderBy('createdAt')
    .execute()
  const audio = (await readFile(file)).subarray(headerBytes)
  if (first) t.ok((await bytesOf(app, first)).subarray(first.headerBytes).equals(audio), 'every frame is as it was')
  t.match(key, sha256)
})
