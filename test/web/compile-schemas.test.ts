import Fastify from 'fastify'
import t from 'tap'
import { compileWhenNeeded } from '../../src/web/compile-schemas.ts'

const show = { type: 'object', properties: { title: { type: 'string', minLength: 1 } }, required: ['title'] }
const broken = { type: 'no such type' }

async function listening() {
  const web = Fastify()
  await compileWhenNeeded(web)
  web.post('/shows', { schema: { body: show, response: { 200: show } } }, async ({ body }) => ({
    ...Object(body),
    id: 1,
  }))
  web.post('/broken', { schema: { body: broken } }, async () => ({}))
  await web.ready()
  return web
}

t.test('a schema is compiled when a request needs it, not before the server listens', async (t) => {
  const web = await listening()
  t.equal((await web.inject({ method: 'POST', url: '/broken', payload: {} })).statusCode, 500)
})

t.test('requests are held to their schema and answers keep to theirs, the first and the second time', async (t) => {
  for (const web of [await listening(), await listening()]) {
    for (const title of ['One', 'Two']) {
      const answer = await web.inject({ method: 'POST', url: '/shows', payload: { title } })
      t.same([answer.statusCode, answer.body], [200, JSON.stringify({ title })])
      const refused = await web.inject({ method: 'POST', url: '/shows', payload: { title: '' } })
      t.match(refused.json(), { statusCode: 400, message: 'body/title must NOT have fewer than 1 characters' })
    }
  }
})
