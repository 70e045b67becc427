import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import path from 'node:path'
import t, { type Test } from 'tap'
import { makeRecording } from '../fixtures/recordings.ts'
import { eventually } from '../journey/program.ts'
import { openStation, ownerToken, type Station } from '../station.ts'

/** What is left of uploads: rows, jobs and waiting bytes. */
async function traces({ app }: Station) {
  const rows = await app.db.selectFrom('upload').select('id').execute()
  const jobs = await app.db.selectFrom('job').select('id').where('name', '=', 'process-upload').execute()
  const files = await readdir(path.join(app.config.home, 'incoming')).catch(() => [])
  return { rows: rows.length, jobs: jobs.length, files: files.length }
}

const nothing = { rows: 0, jobs: 0, files: 0 }

async function stationWithEpisode(t: Test, environment: Record<string, string> = {}) {
  const station = await openStation(t, { environment })
  const show = await station.createShow()
  const episode = await station.createEpisode(show.id)
  return { ...station, show, episode, audioUrl: `/episodes/${episode.id}/audio` }
}

t.test('a recording is taken in with 202, one row, one job, and its bytes wait', async (t) => {
  const station = await stationWithEpisode(t)
  const wav = await readFile(await makeRecording(t.testdir(), { kind: 'wav', seconds: 1, channels: 1 }))
  const answer = await station.api('PUT', station.audioUrl, wav, { 'x-filename': 'T%C3%A4pe.wav' })
  t.equal(answer.statusCode, 202)
  t.match(answer.json().upload, { state: 'received', progress: 0, filename: 'Täpe.wav', bytes: wav.length })
  t.match(await traces(station), { rows: 1, jobs: 1 })
})

t.test('what cannot be taken is refused in words, and leaves nothing', async (t) => {
  const station = await stationWithEpisode(t, { MAX_UPLOAD_BYTES: '100000' })
  const png = await readFile('media/sample/artwork.jpg')
  const cases: [string, string, Buffer, object, number, RegExp][] = [
    ['empty', station.audioUrl, Buffer.alloc(0), {}, 400, /empty/],
    ['a picture', station.audioUrl, png.subarray(0, 9_000), { 'x-filename': 'a.wav' }, 415, /a\.wav.*(JPEG|image)/i],
    ['text', station.audioUrl, Buffer.from('#EXTM3U\nfile:///etc/passwd\n'), {}, 415, /playlist/i],
    ['over the limit', station.audioUrl, Buffer.alloc(100_001), {}, 413, /over the limit of 100000 bytes/],
    ['unknown episode', '/episodes/nobody/audio', Buffer.from('RIFF'), {}, 404, /no episode “nobody”/],
  ]
  for (const [name, url, body, headers, status, detail] of cases) {
    const answer = await station.api('PUT', url, body, headers)
    t.equal(answer.statusCode, status, name)
    t.match(answer.headers['content-type'], /^application\/problem\+json/, name)
    t.match(answer.json(), { status, detail }, name)
    t.same(await traces(station), nothing, `${name} leaves nothing`)
  }
})

t.test('without a token, or with a wrong one, nothing is even read', async (t) => {
  const station = await stationWithEpisode(t)
  for (const authorization of [undefined, 'Bearer wrong', 'Basic b3duZXI6']) {
    const answer = await station.web.inject({
      method: 'PUT',
      url: `/api${station.audioUrl}`,
      payload: 'RIFF',
      headers: authorization ? { authorization } : {},
    })
    t.equal(answer.statusCode, 401)
    t.match(answer.headers['www-authenticate'], /^Bearer/)
    t.match(answer.json(), { code: 'unauthorized', detail: /token/ })
  }
  t.same(await traces(station), nothing)
})

t.test('a recording for a deleted episode is refused with 410', async (t) => {
  const station = await stationWithEpisode(t)
  await station.api('DELETE', `/episodes/${station.episode.id}`)
  t.equal((await station.api('PUT', station.audioUrl, Buffer.from('RIFF'))).statusCode, 410)
})

t.test('a sender that goes away in the middle leaves nothing', async (t) => {
  const station = await stationWithEpisode(t)
  const address = await station.web.listen({ port: 0 })
  const socket = connect(Number(new URL(address).port), '127.0.0.1')
  const head = [
    `PUT /api${station.audioUrl} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${ownerToken}`,
    'Content-Length: 1000000',
    '',
    'RIFF',
  ]
  socket.write(head.join('\r\n'))
  await eventually(20, async () => (await traces(station)).files > 0)
  socket.destroy()
  await eventually(20, async () => (await traces(station)).files === 0)
  t.same(await traces(station), nothing)
})

t.test('a body without a length is streamed and limited all the same', async (t) => {
  const station = await stationWithEpisode(t, { MAX_UPLOAD_BYTES: '200000' })
  const address = await station.web.listen({ port: 0 })
  const wav = await readFile(await makeRecording(t.testdir(), { kind: 'wav', seconds: 1, channels: 1 }))
  const send = async (bytes: Buffer) => {
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 10_000) controller.enqueue(bytes.subarray(at, at + 10_000))
        controller.close()
      },
    })
    const headers = { authorization: `Bearer ${ownerToken}` }
    const options = { method: 'PUT', headers, body, duplex: 'half' }
    return fetch(`${address}/api${station.audioUrl}`, options as RequestInit)
  }
  t.equal((await send(wav)).status, 202)
  t.equal((await send(Buffer.concat([wav, Buffer.alloc(200_000)]))).status, 413)
  t.match(await traces(station), { rows: 1, jobs: 1 })
})
