import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { headOf, openRawClient, type RawClient } from '../fixtures/raw-client.ts'
import { wavFile } from '../fixtures/wav-file.ts'
import { aShow, openStation, ownerToken } from '../station.ts'

const limits = { bodyMs: 600, bodyBytesPerSecond: 1_000, silenceMs: 1_000 }
/** At a pace at which no other body would be taken. */
const recording = wavFile({}, Buffer.alloc(100)).toString('latin1')
const slowly = { pieceBytes: 3, pauseMs: 50 }

const owner = { authorization: `Bearer ${ownerToken}` }

async function listening(t: Test) {
  const station = await openStation(t, { limits })
  const { port } = new URL(await station.web.listen({ port: 0, host: '127.0.0.1' }))
  return { ...station, port: Number(port) }
}

/** Says the text in pieces, with that pause after each, until it is cut off. */
async function sayInPieces(
  client: RawClient,
  text: string,
  { pieceBytes, pauseMs }: { pieceBytes: number; pauseMs: number },
) {
  for (let at = 0; at < text.length && !client.isClosed(); at += pieceBytes) {
    client.say(text.slice(at, at + pieceBytes))
    await sleep(pauseMs)
  }
}

t.test('a JSON body that comes a byte at a time is answered 408, and the connection ends', async (t) => {
  const { port, api } = await listening(t)
  const body = JSON.stringify(aShow)
  const client = openRawClient(port)
  const headers = { ...owner, 'content-type': 'application/json', 'content-length': body.length }
  client.say(`${headOf('POST', '/api/shows', headers)}\r\n`)
  const answered = sayInPieces(client, body, { pieceBytes: 1, pauseMs: 50 })
  await client.closed()
  await answered
  t.match(client.heard(), /^HTTP\/1\.1 408 Request Timeout\r\n/)
  t.match(client.heard(), /"detail":"[^"]*a better line[^"]*","code":"timeout"/)
  t.same((await api('GET', '/shows')).json(), [], 'nothing was made of it')
})

t.test('one that is late but comes at a fair pace is taken', async (t) => {
  const { port } = await listening(t)
  // Many times as fast as it must be, however long this machine makes the pauses.
  const body = JSON.stringify(aShow) + ' '.repeat(40_000)
  const client = openRawClient(port)
  const headers = { ...owner, 'content-type': 'application/json', 'content-length': body.length, connection: 'close' }
  client.say(`${headOf('POST', '/api/shows', headers)}\r\n`)
  const since = performance.now()
  await sayInPieces(client, body, { pieceBytes: 2_000, pauseMs: 50 })
  t.ok(performance.now() - since > limits.bodyMs, 'it took longer than the shortest time')
  await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 201 Created\r\n/)
})

t.test('a body that says no length is held to the same pace', async (t) => {
  const { port } = await listening(t)
  const client = openRawClient(port)
  const headers = { ...owner, 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  client.say(`${headOf('POST', '/api/shows', headers)}\r\n`)
  for (let count = 0; count < 100 && !client.isClosed(); count += 1) {
    client.say('1\r\n \r\n')
    await sleep(50)
  }
  await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 408 /)
})

t.test('a sender that goes away while its body is awaited leaves nothing that waits', async (t) => {
  const { port, web } = await listening(t)
  const client = openRawClient(port)
  client.say(
    `${headOf('POST', '/api/shows', { ...owner, 'content-type': 'application/json', 'content-length': 900 })}\r\n{`,
  )
  await sleep(100)
  client.leave()
  await client.closed()
  t.equal((await web.inject('/health/live')).statusCode, 200)
})

t.test('a stranger who is refused for the length of a body that never comes, and leaves, ends nothing', async (t) => {
  const { port, web } = await listening(t)
  for (const url of ['/api/shows', '/shows/none/feed.xml', '/nowhere']) {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
      const client = openRawClient(port)
      client.say(`${headOf('POST', url, { 'content-type': type, 'content-length': 9_000_000 })}\r\n{`)
      await client.hears(1)
      t.match(client.heard(), /^HTTP\/1\.1 4\d\d /, `${url} ${type}`)
      client.leave()
      await client.closed()
    }
  }
  await sleep(limits.bodyMs + 200)
  t.equal((await web.inject('/health/live')).statusCode, 200)
})

t.test('a body behind GET, which means nothing, does not keep the connection', async (t) => {
  const { port } = await listening(t)
  const client = openRawClient(port)
  client.say(`${headOf('GET', '/health/live', { 'content-length': 100_000 })}\r\nx`)
  await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 200 OK.*connection: close/is)
})

t.test('a recording may come slowly for as long as it comes, and is cut off when it does not', async (t) => {
  const { port, createShow, createEpisode } = await listening(t)
  const { id } = await createEpisode((await createShow()).id)
  const url = `/api/episodes/${id}/audio`
  const [slow, silent] = [openRawClient(port), openRawClient(port)]
  slow.say(`${headOf('PUT', url, { ...owner, 'content-length': recording.length, connection: 'close' })}\r\n`)
  silent.say(`${headOf('PUT', url, { ...owner, 'content-length': recording.length })}\r\nRI`)
  const since = performance.now()
  await sayInPieces(slow, recording, slowly)
  t.ok(performance.now() - since > 2 * limits.silenceMs)
  await slow.closed()
  t.match(slow.heard(), /^HTTP\/1\.1 202 Accepted\r\n/)
  await silent.closed()
  t.equal(silent.heard(), '', 'who says nothing at all is not answered')
})

t.test('a resumable upload too', async (t) => {
  const { port, api, createShow, createEpisode } = await listening(t)
  const { id } = await createEpisode((await createShow()).id)
  const metadata = `episodeId ${Buffer.from(id).toString('base64')},filename ${Buffer.from('x.wav').toString('base64')}`
  const tus = { 'tus-resumable': '1.0.0', 'upload-length': String(recording.length), 'upload-metadata': metadata }
  const { location } = (await api('POST', '/uploads', undefined, tus)).headers
  const client = openRawClient(port)
  const headers = {
    ...owner,
    'tus-resumable': '1.0.0',
    'upload-offset': 0,
    'content-type': 'application/offset+octet-stream',
  }
  client.say(
    `${headOf('PATCH', String(location), { ...headers, 'content-length': recording.length, connection: 'close' })}\r\n`,
  )
  await sayInPieces(client, recording, slowly)
  await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 204 No Content\r\n.*upload-offset: 144\r\n/is)
})
