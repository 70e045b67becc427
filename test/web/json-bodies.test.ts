import t from 'tap'
import { aShow, openStation } from '../station.ts'

t.test('an empty body is none, whatever type it is said to have', async (t) => {
  const { api } = await openStation(t)
  const { id } = (await api('POST', '/shows', aShow)).json()
  const removed = await api('DELETE', `/shows/${id}`, '', { 'content-type': 'application/json' })
  t.equal(removed.statusCode, 204)
  const empty = await api('POST', '/shows', '', { 'content-type': 'application/json' })
  t.match(empty.json(), { status: 400, code: 'invalid', detail: /JSON object/ })
})

t.test('what is not JSON is refused by its type, even when it looks like JSON', async (t) => {
  const { api } = await openStation(t)
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml']) {
    const answer = await api('POST', '/shows', JSON.stringify(aShow), { 'content-type': type })
    t.match(answer.json(), { status: 415, code: 'unsupported-media-type' }, type)
  }
  t.same((await api('GET', '/shows')).json(), [])
})

t.test('JSON may name a charset', async (t) => {
  const { api } = await openStation(t)
  const answer = await api('POST', '/shows', JSON.stringify(aShow), {
    'content-type': 'application/json; charset=utf-8',
  })
  t.equal(answer.statusCode, 201)
})
