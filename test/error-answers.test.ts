import Fastify from 'fastify'
import t from 'tap'
import {
  AppError,
  conflict,
  type ErrorCode,
  forbidden,
  gone,
  invalid,
  notFound,
  tooLarge,
  unauthorized,
  unavailable,
} from '../src/core/errors.ts'
import { answerErrors, answerUnknown } from '../src/error-answers.ts'
import { openPostgres } from '../src/platform/postgres.ts'
import { freePorts } from './engines/free-ports.ts'
import { openStation, type Station } from './station.ts'

/** A web of one route, which throws that error. */
async function ask({ app }: Station, error: Error, headers: Record<string, string> = {}) {
  const web = Fastify()
  answerErrors(app, web)
  answerUnknown(app, web)
  web.get('/broken', async (_request, reply) => {
    reply.headers({ etag: '"x"', 'last-modified': 'now', 'accept-ranges': 'bytes', 'cache-control': 'public' })
    throw error
  })
  return web.inject({ url: '/broken', headers })
}

t.test('each code has its status, and its words reach the reader', async (t) => {
  const station = await openStation(t)
  const rows: [AppError, ErrorCode, number, string][] = [
    [invalid('Mend it.', 'title'), 'invalid', 400, 'Bad Request'],
    [unauthorized('Mend it.'), 'unauthorized', 401, 'Unauthorized'],
    [forbidden('Mend it.'), 'forbidden', 403, 'Forbidden'],
    [notFound('show', 'x'), 'not-found', 404, 'Not Found'],
    [conflict('Mend it.', 'slug'), 'conflict', 409, 'Conflict'],
    [gone('show'), 'gone', 410, 'Gone'],
    [new AppError('precondition-failed', 'Mend it.'), 'precondition-failed', 412, 'Precondition Failed'],
    [tooLarge('Mend it.'), 'too-large', 413, 'Payload Too Large'],
    [new AppError('rate-limited', 'Mend it.'), 'rate-limited', 429, 'Too Many Requests'],
    [unavailable('Mend it.', new Error('secret')), 'unavailable', 503, 'Service Unavailable'],
  ]
  for (const [error, code, status, title] of rows) {
    const answer = await ask(station, error)
    t.equal(answer.statusCode, status, code)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.same(answer.json(), { type: 'about:blank', title, status, detail: error.message, code, ...error.details })
    const gone = { etag: undefined, 'last-modified': undefined, 'accept-ranges': undefined }
    t.match(answer.headers, { ...gone, 'cache-control': 'no-store' }, 'nothing of the answer that failed is left')
    t.equal(answer.headers['www-authenticate'], status === 401 ? 'Bearer realm="Longwave"' : undefined)
    t.equal(answer.headers['retry-after'], status === 503 ? '5' : undefined)
  }
})

t.test('anything else is an internal error, of which nothing is told', async (t) => {
  const station = await openStation(t)
  for (const error of [new Error('secret'), Object.assign(new TypeError('secret'), { statusCode: 502 })]) {
    const answer = await ask(station, error)
    t.match(answer.json(), { status: 500, code: 'internal', detail: /^Internal error/ })
    t.notMatch(answer.body, 'secret')
  }
})

t.test('whatever goes wrong while the database is away may pass: 503, and when to come again', async (t) => {
  const station = await openStation(t)
  const away = openPostgres(`postgres://nobody@127.0.0.1:${await freePorts(1)}/away`, () => {})
  t.teardown(away.close)
  const withoutDatabase = { ...station, app: { ...station.app, db: away.db } }
  const answer = await ask(withoutDatabase, new Error('Connection terminated unexpectedly'))
  t.match(answer, { statusCode: 503, headers: { 'retry-after': '5' } })
  t.match(answer.json(), { code: 'unavailable', detail: /does not answer/ })
})

t.test('people get a page, programs get JSON', async (t) => {
  const station = await openStation(t)
  const accept = { accept: 'text/html,application/xhtml+xml' }
  const page = await ask(station, notFound('show', '<b>x</b>'), accept)
  t.equal(page.statusCode, 404)
  t.match(page.headers['content-type'], /^text\/html/)
  t.match(page.body, 'There is no show “&lt;b>x&lt;/b>” here')
  for (const [url, headers, type] of [
    ['/nothing', accept, /^text\/html/],
    ['/nothing', {}, /^application\/problem\+json/],
    ['/api/nothing', accept, /^application\/problem\+json/],
  ] as const) {
    const answer = await station.web.inject({ url, headers })
    t.equal(answer.statusCode, 404)
    t.match(answer.headers['content-type'], type, url)
  }
})

t.test('what cannot be read is refused before anything looks at it', async (t) => {
  const { api } = await openStation(t)
  const json = { 'content-type': 'application/json' }
  const large = JSON.stringify({ title: 'x'.repeat(1024 * 1024) })
  const rows: [string, string | undefined, Record<string, string>, object][] = [
    ['/shows', '{"title":', json, { status: 400, code: 'invalid', detail: /not valid JSON/ }],
    ['/shows', '{"__proto__":{"a":1}}', json, { status: 400, code: 'invalid' }],
    ['/shows', '[]', json, { status: 400, detail: 'The request must have a JSON object as its body.' }],
    ['/shows', 'null', json, { status: 400, code: 'invalid' }],
    ['/shows', '', json, { status: 400, code: 'invalid' }],
    ['/shows', undefined, {}, { status: 400, code: 'invalid' }],
    ['/shows', '<show/>', { 'content-type': 'application/xml' }, { status: 415, code: 'unsupported-media-type' }],
    ['/shows', large, json, { status: 413, code: 'too-large', detail: /Recordings go to/ }],
    ['/shows/%E0%A4%A', '{}', json, { status: 400, code: 'invalid', detail: /not a valid url/ }],
    [`/shows/${'x'.repeat(400)}/episodes`, '{}', json, { status: 414, code: 'invalid' }],
    ['/nothing', '{}', json, { status: 404, detail: 'There is nothing at /api/nothing. Check the address.' }],
  ]
  for (const [url, body, headers, problem] of rows) {
    const answer = await api('POST', url, body, headers)
    t.match(answer.json(), { type: 'about:blank', ...problem }, `${url.slice(0, 20)} ${body?.slice(0, 20)}`)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.equal(answer.statusCode, answer.json().status)
  }
})

t.test(
  'a broken rule is told with the field; nothing else that the check knows of schema and request is',
  async (t) => {
    const { api } = await openStation(t)
    const fields = {
      title: 'T',
      secret: 'hunter2',
      people: [{ name: 'A' }, { name: 'x'.repeat(129), url: 'https://a.example' }],
    }
    const { secret: _, ...known } = fields
    const broken = await api('POST', '/shows/none/episodes', known)
    t.same(broken.json(), {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      code: 'invalid',
      field: 'people.1.name',
      detail:
        '“people.1.name” must NOT have more than 128 characters (podcast:person: a name has 1 to 128 characters).',
    })
    const unknown = await api('POST', '/shows/none/episodes', fields)
    t.match(unknown.json(), { field: 'secret', detail: '“secret” is not a field that is known here.' })
    for (const { body } of [broken, unknown])
      t.notMatch(body, /hunter2|a\.example|parentSchema|maxLength|"schema"|"data"/)
  },
)
