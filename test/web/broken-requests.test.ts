import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { headOf, openRawClient } from '../fixtures/raw-client.ts'
import { openStation } from '../station.ts'

const headMs = 400

async function listening(t: Test) {
  const station = await openStation(t, { limits: { headMs } })
  const { port } = new URL(await station.web.listen({ port: 0, host: '127.0.0.1' }))
  return { ...station, port: Number(port) }
}

t.test('a head that comes a byte at a time is answered 408, and the connection ends', async (t) => {
  const { port } = await listening(t)
  const client = openRawClient(port)
  const head = headOf('GET', '/', { cookie: 'x'.repeat(500) })
  for (const letter of head.slice(0, -1)) {
    if (client.isClosed()) break
    client.say(letter)
    await sleep(20)
  }
  await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 408 Request Timeout\r\n/)
  t.match(client.heard(), /application\/problem\+json.*Connection: close.*"detail":"[^"]*Send it again/s)
})

t.test('a connection that says nothing ends too, and so does the second head on one', async (t) => {
  const { port } = await listening(t)
  const [silent, second] = [openRawClient(port), openRawClient(port)]
  second.say(`${headOf('GET', '/health/live')}\r\n`)
  await sleep(headMs / 2)
  second.say(headOf('GET', '/health/live'))
  await Promise.all([silent.closed(), second.closed()])
  t.match(second.heard(), /^HTTP\/1\.1 200 OK.*HTTP\/1\.1 408/s)
})

t.test('headers that are too long are answered 431', async (t) => {
  const { port } = await listening(t)
  const client = openRawClient(port)
  client.say(headOf('GET', '/', { cookie: 'x'.repeat(17_000) }))
  await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 431 .*"detail":"[^"]*shorter cookies/s)
})

t.test('what is not HTTP is answered 400', async (t) => {
  const { port } = await listening(t)
  const client = openRawClient(port)
  client.say('EHLO mail.example.com\r\n\r\n')
  await client.closed()
  t.match(client.heard(), /^HTTP\/1\.1 400 Bad Request\r\n/)
})

t.test('nothing is put into the middle of an answer that is on its way', async (t) => {
  const station = await listening(t)
  const bytes = Buffer.alloc(60_000_000, 'sound ')
  const episode = await publishedEpisode(station, await station.createShow(), { bytes })
  const client = openRawClient(station.port, { reads: false })
  client.say(`${headOf('GET', `/audio/${episode.id}/x.mp3`)}\r\n`)
  await client.begins()
  client.say('EHLO mail.example.com\r\n\r\n')
  client.read()
  await client.closed()
  t.ok(client.heardBytes() < bytes.length)
  t.match(client.heard(), /^HTTP\/1\.1 200 OK/)
  t.notMatch(client.heard(), 'HTTP/1.1 400')
})
