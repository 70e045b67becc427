import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { openFiles } from '../fixtures/open-files.ts'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { headOf, openRawClient } from '../fixtures/raw-client.ts'
import { eventually } from '../journey/program.ts'
import { openStation, type Station } from '../station.ts'

const silenceMs = 1_000
const mb = 1_000_000

async function stationWithAudio(t: Test, { bytes, silence = silenceMs }: { bytes: number; silence?: number }) {
  const station = await openStation(t, { limits: { silenceMs: silence } })
  const episode = await publishedEpisode(station, await station.createShow(), { bytes: Buffer.alloc(bytes, 'sound ') })
  const { server } = station.web
  return {
    ...station,
    url: `/audio/${episode.id}/x.mp3`,
    connections: () => promisify(server.getConnections.bind(server))(),
  }
}

const portOf = async ({ web }: Station) => Number(new URL(await web.listen({ port: 0, host: '127.0.0.1' })).port)

t.test('who asks for a whole episode and reads nothing is cut off, and nothing is kept for them', async (t) => {
  const station = await stationWithAudio(t, { bytes: 60 * mb })
  const port = await portOf(station)
  const clients = Array.from({ length: 5 }, () => openRawClient(port, { reads: false }))
  for (const client of clients) client.say(`${headOf('GET', station.url)}\r\n`)
  await eventually(20, async () => (await station.connections()) === clients.length)
  await eventually(20, async () => (await station.connections()) === 0)
  const { hits } = await eventually(20, async () => {
    const read = await station.app.events.read(0, 100)
    return read.hits.length >= clients.length && read
  })
  t.equal(hits.length, clients.length)
  for (const { bytesSent } of hits) t.ok(bytesSent < 60 * mb, `${bytesSent} bytes`)
  const storage = path.join(station.app.config.home, 'storage')
  t.equal((await openFiles()).filter((file) => file.startsWith(storage)).length, 1, 'the kept one')
  for (const client of clients) client.leave()
})

t.test('who reads slowly, but reads, is not', async (t) => {
  const bytes = 24 * mb
  const station = await stationWithAudio(t, { bytes })
  const port = await portOf(station)
  const answer = await fetch(`http://127.0.0.1:${port}${station.url}`)
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const since = performance.now()
  let received = 0
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    received += chunk.value.length
    const early = since + (received / bytes) * 4 * silenceMs - performance.now()
    if (early > 0) await sleep(early)
  }
  t.equal(received, bytes)
  t.ok(performance.now() - since > 3 * silenceMs)
})

t.test('many who read nothing hold little: one block each, beyond the first', async (t) => {
  const clients = 400
  const apart = 330_000
  const station = await stationWithAudio(t, { bytes: clients * apart, silence: 60_000 })
  // Its kernel buffer is small, so that what waits here begins early.
  const socket = path.join(station.app.config.home, 'tmp', 'web')
  await station.web.listen({ path: socket })
  const before = process.memoryUsage().arrayBuffers
  const open = Array.from({ length: clients }, () => openRawClient(socket, { reads: false }))
  for (const [index, client] of open.entries()) {
    client.say(`${headOf('GET', station.url, { range: `bytes=${index * apart}-` })}\r\n`)
  }
  await eventually(20, async () => (await station.connections()) === clients)
  await sleep(1_000)
  const held = process.memoryUsage().arrayBuffers - before
  t.ok(held < 80 * mb, `${Math.round(held / mb)} MB; five blocks each would be 131 MB`)
  for (const client of open) client.leave()
  const { hits } = await eventually(20, async () => {
    const read = await station.app.events.read(0, 1_000)
    return read.hits.length >= clients && read
  })
  t.equal(hits.length, clients)
  for (const { bytesSent } of hits) if (bytesSent > 0.6 * mb) t.fail(`${bytesSent} bytes`)
})

t.test('a connection that nobody uses ends after a while', async (t) => {
  const station = await openStation(t, { limits: { idleMs: 300 } })
  const client = openRawClient(await portOf(station))
  client.say(`${headOf('GET', '/health/live')}\r\n`)
  const closedAfterMs = await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 200 OK/)
  t.ok(closedAfterMs > 250, `${closedAfterMs} ms`)
})
