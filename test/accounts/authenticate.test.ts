import t, { type Test } from 'tap'
import { sessionCookie } from '../../src/accounts/authenticate.ts'
import { createSession, deleteSession } from '../../src/accounts/sessions.ts'
import { aShow, openStation, ownerToken } from '../station.ts'

type Headers = Record<string, string>

async function guardedStation(t: Test) {
  const station = await openStation(t, { environment: { PUBLIC_URL: 'https://radio.example.com' } })
  const secret = await createSession(station.app, ownerToken)
  const read = (headers: Headers) => station.web.inject({ url: '/api/shows', headers })
  const write = (headers: Headers) => station.web.inject({ method: 'POST', url: '/api/shows', payload: aShow, headers })
  return { ...station, secret, cookie: { cookie: `${sessionCookie}=${secret}` }, read, write }
}

const bearer = { authorization: `Bearer ${ownerToken}` }

t.test('who cannot say who asks is refused, and told how', async (t) => {
  const { read, write, cookie } = await guardedStation(t)
  const refused: [Headers, RegExp][] = [
    [{}, /Send an API token/],
    [{ authorization: '' }, /Send an API token/],
    [{ authorization: 'Bearer' }, /Send an API token/],
    [{ authorization: `Basic ${ownerToken}` }, /Send an API token/],
    [{ authorization: 'Bearer wrong' }, /token is not known/],
    [{ authorization: 'Bearer wrong', ...cookie }, /token is not known/],
    [{ cookie: `${sessionCookie}=wrong` }, /Send an API token/],
    [{ cookie: `${sessionCookie}=` }, /Send an API token/],
  ]
  for (const [headers, detail] of refused) {
    for (const answer of [await read(headers), await write(headers)]) {
      t.match(answer.json(), { status: 401, code: 'unauthorized', detail }, JSON.stringify(headers))
      t.match(answer.headers, { 'www-authenticate': 'Bearer realm="Longwave"', 'cache-control': 'no-store' })
    }
  }
})

t.test('a program reads and writes with its token, from wherever it is asked to', async (t) => {
  const { read, write } = await guardedStation(t)
  const sites: Headers[] = [
    {},
    { 'sec-fetch-site': 'cross-site', origin: 'https://tool.example' },
    { authorization: `bearer  ${ownerToken}` },
  ]
  for (const headers of sites) {
    t.equal((await read({ ...bearer, ...headers })).statusCode, 200)
    t.equal((await write({ ...bearer, ...headers })).statusCode, 201, JSON.stringify(headers))
  }
})

t.test('a browser writes with its session only from the pages of this station', async (t) => {
  const { read, write, cookie } = await guardedStation(t)
  const rows: [Headers, boolean][] = [
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'https://radio.example.com' }, true],
    [{ origin: 'http://internal:8080', host: 'internal:8080' }, true],
    [{}, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'https://radio.example.com' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'http://radio.example.com.evil.example' }, false],
    [{ origin: 'null' }, false],
  ]
  for (const [headers, isOwn] of rows) {
    const answer = await write({ ...cookie, ...headers })
    t.equal(answer.statusCode, isOwn ? 201 : 403, JSON.stringify(headers))
    if (!isOwn) t.match(answer.json(), { code: 'forbidden', detail: /came from another site/ })
    t.equal((await read({ ...cookie, ...headers })).statusCode, 200, 'reading is no harm')
  }
})

t.test('after signing out the cookie is worth nothing', async (t) => {
  const { app, read, cookie, secret } = await guardedStation(t)
  t.equal((await read(cookie)).statusCode, 200)
  await deleteSession(app, secret)
  t.equal((await read(cookie)).statusCode, 401)
})
