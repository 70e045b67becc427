import { readFile } from 'node:fs/promises'
import t, { type Test } from 'tap'
import { makeRecording } from '../fixtures/recordings.ts'
import { openStation } from '../station.ts'

const tus = { 'tus-resumable': '1.0.0' }
const bytes = { ...tus, 'content-type': 'application/offset+octet-stream' }

const metadata = (fields: Record<string, string>) =>
  Object.entries(fields)
    .map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`)
    .join(',')

async function stationWithEpisode(t: Test, environment: Record<string, string> = {}) {
  const station = await openStation(t, { environment })
  const episode = await station.createEpisode((await station.createShow()).id)
  const wav = await readFile(await makeRecording(t.testdir(), { kind: 'wav', seconds: 1, channels: 1 }))
  const create = (length: number, fields: Record<string, string> = { episodeId: episode.id, filename: 'a.wav' }) =>
    station.api('POST', '/uploads', undefined, {
      ...tus,
      'upload-length': String(length),
      'upload-metadata': metadata(fields),
    })
  return { ...station, episode, wav, create }
}

t.test('an upload in pieces is taken in with its last byte, and its progress is seen on the way', async (t) => {
  const { api, app, wav, create } = await stationWithEpisode(t)
  const created = await create(wav.length)
  t.equal(created.statusCode, 201)
  const location = String(created.headers.location)
  t.match(location, /^\/api\/uploads\/[0-9a-f-]{36}$/)
  const url = location.replace('/api', '')
  const half = Math.floor(wav.length / 2)

  const first = await api('PATCH', url, wav.subarray(0, half), { ...bytes, 'upload-offset': '0' })
  t.equal(first.statusCode, 204)
  const arriving = (await api('GET', url)).json()
  t.match(arriving, { state: 'receiving', filename: 'a.wav' })
  t.ok(Math.abs(arriving.progress - 0.5) < 0.01)
  t.equal((await api('HEAD', url, undefined, tus)).headers['upload-offset'], String(half))

  const wrong = await api('PATCH', url, wav.subarray(half), { ...bytes, 'upload-offset': '7' })
  t.equal(wrong.statusCode, 409)
  t.match(wrong.headers['content-type'], /problem\+json/)

  const last = await api('PATCH', url, wav.subarray(half), { ...bytes, 'upload-offset': String(half) })
  t.equal(last.statusCode, 204)
  t.match((await api('GET', url)).json(), { state: 'received', bytes: wav.length })
  t.equal((await app.db.selectFrom('job').select('id').where('name', '=', 'process-upload').execute()).length, 1)
  t.equal((await api('HEAD', url, undefined, tus)).headers['upload-offset'], String(wav.length))
})

t.test('what cannot be taken is refused as a problem', async (t) => {
  const { api, create, episode } = await stationWithEpisode(t, { MAX_UPLOAD_BYTES: '100000' })
  const cases: [string, ReturnType<typeof create>, number, RegExp][] = [
    ['over the limit', create(100_001), 413, /over the limit/],
    ['no episode named', create(10, { filename: 'a.wav' }), 400, /names no episode/],
    ['unknown episode', create(10, { episodeId: 'nobody' }), 404, /no episode “nobody”/],
    ['no tus', api('POST', '/uploads', undefined, { 'upload-length': '5' }), 412, /Tus-Resumable/],
    ['unknown upload', api('PATCH', '/uploads/nobody', 'x', { ...bytes, 'upload-offset': '0' }), 404, /./],
  ]
  for (const [name, asking, status, detail] of cases) {
    const answer = await asking
    t.equal(answer.statusCode, status, name)
    t.match(answer.headers['content-type'], /^application\/problem\+json/, name)
    t.match(answer.json(), { status, detail }, name)
  }
  const picture = await create(9_000, { episodeId: episode.id, filename: 'a.wav' })
  const url = String(picture.headers.location).replace('/api', '')
  const jpeg = (await readFile('media/sample/artwork.jpg')).subarray(0, 9_000)
  const refused = await api('PATCH', url, jpeg, { ...bytes, 'upload-offset': '0' })
  t.equal(refused.statusCode, 415)
  t.equal((await api('GET', url)).statusCode, 404, 'and its bytes are gone')
})

t.test('an upload can be cancelled while it arrives', async (t) => {
  const { api, wav, create } = await stationWithEpisode(t)
  const url = String((await create(wav.length)).headers.location).replace('/api', '')
  await api('PATCH', url, wav.subarray(0, 1_000), { ...bytes, 'upload-offset': '0' })
  t.equal((await api('DELETE', url, undefined, tus)).statusCode, 204)
  t.equal((await api('GET', url)).statusCode, 404)
  t.equal((await api('DELETE', url, undefined, tus)).statusCode, 404)
})
