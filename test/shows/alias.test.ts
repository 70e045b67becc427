import t from 'tap'
import { databaseSettings } from '../engines/database-settings.ts'
import { openStation } from '../station.ts'

const feed = 'http://localhost:3000/shows/long-waves/feed.xml'

for (const engine of ['SQLite', 'PostgreSQL']) {
  t.test(`a path that the former host had leads to the feed, until it is taken away, on ${engine}`, async (t) => {
    const { api, web, createShow } = await openStation(t, { environment: await databaseSettings(t, engine) })
    const { id } = await createShow()
    const url = `/shows/${id}/aliases`
    t.same((await api('GET', url)).json(), [])
    const made = await api('POST', url, { path: '/My-Show/caf%c3%a9.xml/' })
    t.match(made, { statusCode: 201 })
    t.match(made.json(), {
      path: '/My-Show/caf%C3%A9.xml',
      url: 'http://localhost:3000/My-Show/caf%C3%A9.xml',
      createdAt: /Z$/,
    })
    await api('POST', url, { path: '/feed/podcast' })
    t.same(
      (await api('GET', url)).json().map(({ path }: { path: string }) => path),
      ['/My-Show/caf%C3%A9.xml', '/feed/podcast'],
    )
    for (const path of [
      '/feed/podcast',
      '/feed/podcast/',
      '/feed/podcast?format=xml&_from=app',
      '/%66eed/podcast',
      '/My-Show/caf%C3%A9.xml',
      '/My-Show/caf%c3%a9.xml/',
    ]) {
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await web.inject({ url: path, method, headers: { accept: 'text/html' } })
        t.match(answer, { statusCode: 301, body: '', headers: { location: feed, 'cache-control': 'no-cache' } }, path)
      }
    }
    for (const path of ['/feed', '/Feed/podcast', '/feed/podcast/more', '/my-show/caf%C3%A9.xml', '/feed%2Fpodcast']) {
      t.equal((await web.inject(path)).statusCode, 404, path)
    }
    t.equal((await web.inject({ url: '/feed/podcast', method: 'POST' })).statusCode, 404)
    await api('PATCH', `/shows/${id}`, { slug: 'renamed' })
    t.equal((await web.inject('/feed/podcast')).headers.location, 'http://localhost:3000/shows/renamed/feed.xml')
    t.equal((await api('DELETE', `${url}?path=/feed/podcast/`)).statusCode, 204)
    t.equal((await web.inject('/feed/podcast')).statusCode, 404)
    t.match((await api('DELETE', `${url}?path=/feed/podcast`)).json(), { status: 404, detail: /no alias/ })
  })

  t.test(`a path leads to one show, whose name is told to others, on ${engine}`, async (t) => {
    const { api, web, createShow } = await openStation(t, { environment: await databaseSettings(t, engine) })
    const [one, other] = [await createShow({ title: 'One' }), await createShow({ title: 'Other' })]
    const add = (showId: string) => api('POST', `/shows/${showId}/aliases`, { path: '/rss' })
    t.equal((await add(one.id)).statusCode, 201)
    for (const { id } of [one, other]) {
      t.match((await add(id)).json(), { status: 409, field: 'path', detail: /“\/rss” leads to .* “One” already/ })
    }
    t.equal((await api('DELETE', `/shows/${other.id}/aliases?path=/rss`)).statusCode, 404)
    t.match((await web.inject('/rss')).headers, { location: /shows\/one\/feed\.xml$/ })
    await api('DELETE', `/shows/${one.id}`)
    t.equal((await add(other.id)).statusCode, 201, 'that of a deleted show is free')
    t.match((await web.inject('/rss')).headers, { location: /shows\/other\/feed\.xml$/ })
  })
}

t.test('each change of the aliases has the feed made again', async (t) => {
  const { api, app, createShow } = await openStation(t)
  const { id } = await createShow()
  const isWaiting = async () => {
    const { numDeletedRows } = await app.db.deleteFrom('job').where('name', '=', 'publish-feed').executeTakeFirst()
    return numDeletedRows === 1n
  }
  t.ok(await isWaiting())
  await api('POST', `/shows/${id}/aliases`, { path: '/rss' })
  t.ok(await isWaiting())
  await api('POST', `/shows/${id}/aliases`, { path: '/rss' })
  t.notOk(await isWaiting(), 'a refused one does not')
  await api('DELETE', `/shows/${id}/aliases?path=/rss`)
  t.ok(await isWaiting())
})

t.test('what makes no sense is refused', async (t) => {
  const { api, web, createShow } = await openStation(t)
  const { id } = await createShow()
  const url = `/shows/${id}/aliases`
  for (const [body, field] of [
    [{}, 'path'],
    [{ path: '' }, 'path'],
    [{ path: 7 }, 'path'],
    [{ path: '/api/shows' }, 'path'],
    [{ path: 'https://example.com/feed' }, 'path'],
    [{ path: `/${'x'.repeat(2000)}` }, 'path'],
    [{ path: '/x', to: 'y' }, 'to'],
  ] as const) {
    t.match((await api('POST', url, body)).json(), { status: 400, field }, JSON.stringify(body).slice(0, 40))
  }
  t.equal((await api('DELETE', url)).statusCode, 400)
  t.equal((await api('DELETE', `${url}?path=nothing`)).statusCode, 404)
  for (const showId of ['nobody']) {
    t.equal((await api('GET', `/shows/${showId}/aliases`)).statusCode, 404)
    t.equal((await api('POST', `/shows/${showId}/aliases`, { path: '/x' })).statusCode, 404)
    t.equal((await api('DELETE', `/shows/${showId}/aliases?path=/x`)).statusCode, 404)
  }
  t.equal((await web.inject({ url: `/api${url}`, method: 'POST', payload: { path: '/x' } })).statusCode, 401)
  await api('DELETE', `/shows/${id}`)
  t.equal((await api('POST', url, { path: '/x' })).statusCode, 410)
})

t.test('a show has a hundred aliases, and not one more', async (t) => {
  const { api, createShow } = await openStation(t)
  const { id } = await createShow()
  const add = async (number: number) => (await api('POST', `/shows/${id}/aliases`, { path: `/${number}` })).statusCode
  for (let number = 1; number <= 100; number += 1) if ((await add(number)) !== 201) t.fail(`the ${number}th`)
  t.equal(await add(101), 409)
  t.equal((await api('GET', `/shows/${id}/aliases`)).json().length, 100)
})
