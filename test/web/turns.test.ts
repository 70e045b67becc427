import { setTimeout as sleep } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { publishedEpisode } from '../fixtures/published-episode.ts'
import { headOf, openRawClient } from '../fixtures/raw-client.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

const waitingRequests = 4
const sound = Buffer.from(Array.from({ length: 900_000 }, (_, index) => (index * 7919 + 13) % 251))

async function stationWithAudio(t: Test, bytes = sound) {
  const station = await openStation(t, { limits: { waitingRequests } })
  const episode = await publishedEpisode(station, await station.createShow(), { bytes })
  const { port } = new URL(await station.web.listen({ port: 0, host: '127.0.0.1' }))
  return { ...station, port: Number(port), url: `/audio/${episode.id}/x.mp3` }
}

t.test('requests that come before earlier ones are answered get their answers in order', async (t) => {
  const { port, url } = await stationWithAudio(t)
  const client = openRawClient(port)
  const ranges = [
    [0, 499_999],
    [700_000, 899_999],
    [5, 9],
  ] as const
  const asked = ranges.map(([start, end]) => `${headOf('GET', url, { range: `bytes=${start}-${end}` })}\r\n`)
  client.say(`${asked.join('')}${headOf('GET', '/health/live', { connection: 'close' })}\r\n`)
  await client.closed()
  let rest = client.heard()
  for (const [start, end] of ranges) {
    const [head = ''] = rest.split('\r\n\r\n', 1)
    t.match(head, new RegExp(`^HTTP/1.1 206 .*content-range: bytes ${start}-${end}/`, 's'))
    const body = rest.slice(head.length + 4, head.length + 4 + end - start + 1)
    t.ok(Buffer.from(body, 'latin1').equals(sound.subarray(start, end + 1)), `${start}-${end}`)
    rest = rest.slice(head.length + 4 + body.length)
  }
  t.match(rest, /^HTTP\/1\.1 200 OK.*"status":"ok"/s)
})

t.test('a connection on which too many wait is cut off', async (t) => {
  const { port, url } = await stationWithAudio(t)
  const client = openRawClient(port)
  client.say(`${headOf('GET', url)}\r\n`.repeat(waitingRequests + 2))
  await client.closed()
  t.ok(client.heardBytes() < 2 * sound.length)
})

t.test('as many as may wait, again and again, are all answered', async (t) => {
  const { port } = await stationWithAudio(t)
  const client = openRawClient(port)
  for (let round = 1; round <= 3; round += 1) {
    client.say(`${headOf('GET', '/health/live')}\r\n`.repeat(waitingRequests + 1))
    const answers = round * (waitingRequests + 1)
    await eventually(20, async () => client.heard().split('HTTP/1.1 200 OK').length - 1 === answers)
  }
  client.leave()
  t.pass()
})

t.test('what waits when its client goes away is not done', async (t) => {
  const { app, port, url } = await stationWithAudio(t, Buffer.alloc(60_000_000, 'sound '))
  const client = openRawClient(port)
  client.say(['one', 'two', 'three'].map((name) => `${headOf('GET', url, { 'user-agent': name })}\r\n`).join(''))
  await client.hears(1)
  client.leave()
  const { hits } = await eventually(20, async () => {
    const read = await app.events.read(0, 100)
    return read.hits.length > 0 && read
  })
  await sleep(1_500)
  t.same(
    hits.map(({ userAgent }) => userAgent),
    ['one'],
  )
  t.equal((await app.events.read(0, 100)).hits.length, 1)
})
