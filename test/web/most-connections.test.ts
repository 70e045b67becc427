import t from 'tap'
import { headOf, openRawClient } from '../fixtures/raw-client.ts'
import { eventually } from '../journey/program.ts'
import { openStation } from '../station.ts'

t.test('more connections than MAX_CONNECTIONS are refused until others end', async (t) => {
  const station = await openStation(t, { environment: { MAX_CONNECTIONS: '2' } })
  const port = Number(new URL(await station.web.listen({ port: 0, host: '127.0.0.1' })).port)
  const ask = () => {
    const client = openRawClient(port)
    client.say(`${headOf('GET', '/health/live')}\r\n`)
    return client
  }
  const [first, second] = [ask(), ask()]
  await eventually(20, async () => first.heardBytes() > 0 && second.heardBytes() > 0)
  const third = ask()
  await third.closed()
  t.equal(third.heard(), '')
  first.leave()
  await eventually(20, async () => {
    const client = ask()
    await eventually(20, async () => client.isClosed() || client.heardBytes() > 0)
    const heard = client.heard()
    client.leave()
    return heard.startsWith('HTTP/1.1 200 OK')
  })
  second.leave()
  t.pass()
})
