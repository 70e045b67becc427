import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import type { Produced } from '../../src/audio/produce.ts'
import { publishResult } from '../../src/uploads/publish-result.ts'
import { findUpload } from '../../src/uploads/upload.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { eventually } from '../journey/program.ts'
import { openStation, ownerToken } from '../station.ts'

const tus = { 'tus-resumable': '1.0.0' }

t.test(
  'a database that fails at the last byte loses nothing: the client asks again, and the upload is taken in',
  async (t) => {
    const { app, api, createShow, createEpisode } = await openStation(t)
    const episode = await createEpisode((await createShow()).id)
    const wav = await readFile(await makeRecording(t.testdir({}), { kind: 'wav', seconds: 1 }))
    const created = await api('POST', '/uploads', undefined, {
      ...tus,
      'upload-length': String(wav.length),
      'upload-metadata': `episodeId ${Buffer.from(episode.id).toString('base64')}`,
    })
    const url = String(created.headers.location).replace('/api', '')
    await sql`alter table upload rename to upload_away`.execute(app.db)
    const headers = { ...tus, 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
    t.equal((await api('PATCH', url, wav, headers)).statusCode, 500)
    await sql`alter table upload_away rename to upload`.execute(app.db)
    const again = await api('HEAD', url, undefined, tus)
    t.equal(again.statusCode, 200)
    t.equal(again.headers['upload-offset'], String(wav.length))
    t.match((await api('GET', url)).json(), { state: 'received' })
  },
)

t.test('senders that leave at once leave no bytes and no open file behind', async (t) => {
  const { app, web, createShow, createEpisode } = await openStation(t)
  const episode = await createEpisode((await createShow()).id)
  const { port } = new URL(await web.listen({ port: 0 }))
  const head = [
    `PUT /api/episodes/${episode.id}/audio HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${ownerToken}`,
    'Content-Length: 1000000',
    '',
    'RIFF',
  ]
  for (let count = 0; count < 20; count += 1) {
    const socket = connect(Number(port), '127.0.0.1')
    socket.write(head.join('\r\n'))
    setTimeout(() => socket.destroy(), count * 2)
  }
  const openFiles = async () => (await readdir('/proc/self/fd')).length
  const before = await openFiles()
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  await eventually(20, async () => {
    const waiting = await readdir(path.join(app.config.home, 'incoming')).catch(() => [])
    return waiting.length === 0
  })
  t.ok((await openFiles()) <= before + 2)
})

t.test('a cancel that comes while the result is stored wins: nothing is served', async (t) => {
  const { app, api, createShow, createEpisode } = await openStation(t)
  const episode = await createEpisode((await createShow()).id)
  const wav = await readFile(await makeRecording(t.testdir({}), { kind: 'wav', seconds: 1 }))
  const { id } = (await api('PUT', `/episodes/${episode.id}/audio`, wav)).json().upload
  const upload = await findUpload(app.db, id)
  if (!upload) throw new Error('the upload is gone')
  const job = await app.jobs.claim('heavy', ['process-upload'], { leaseSeconds: 60 })
  if (!job) throw new Error('there is no job')
  t.equal((await api('DELETE', `/uploads/${id}`)).statusCode, 204)
  const produced = { path: '', type: 'audio/mpeg', bytes: 1, tags: {} } as unknown as Produced
  const result = { upload, produced, key: 'k', cover: undefined, chapters: undefined, warnings: [] }
  const run = { signal: new AbortController().signal, complete: (db: typeof app.db) => app.jobs.complete(job, { db }) }
  await publishResult(app, result, run)
  t.match((await api('GET', `/uploads/${id}`)).json(), { state: 'cancelled' })
  t.match((await api('GET', `/episodes/${episode.id}`)).json(), { state: 'draft', audio: undefined })
  t.equal((await api('DELETE', `/uploads/${id}`)).statusCode, 204, 'and cancelling again is fine')
})

t.test('an address with a NUL is not found, on every page', async (t) => {
  const { web } = await openStation(t)
  for (const url of [
    '/shows/%00',
    '/shows/%00/feed.xml',
    '/audio/%00/x.mp3',
    '/media/%00/x.mp3',
    '/artwork/%00/a.jpg',
  ]) {
    t.equal((await web.inject(url)).statusCode, 404, url)
  }
})
