import t from 'tap'
import { sendMessage } from '../../../src/feeds/push/send-message.ts'
import { createGuardedFetch } from '../../../src/platform/guarded-fetch.ts'
import { startStandIn } from '../../fixtures/stand-in.ts'

const fetch = createGuardedFetch({ allowPrivate: true })
const never = new AbortController().signal

const form = (url: string) => ({
  url,
  method: 'POST' as const,
  headers: { authorization: 'a token', 'content-type': 'application/x-www-form-urlencoded' },
  body: 'hub.mode=publish',
})

for (const status of [301, 302, 307, 308]) {
  t.test(`${status} leads the same message to where the hub is now`, async (t) => {
    const hub = await startStandIn(t, (response, { path }) =>
      response.writeHead(path === '/' ? status : 204, { location: '/new' }).end(),
    )
    t.same(await sendMessage(fetch, form(hub.url), never), { status: 204, says: '', retryAfter: null })
    const expected = { method: 'POST', form: { 'hub.mode': 'publish' }, headers: { authorization: 'a token' } }
    t.match(hub.sent, [expected, { ...expected, path: '/new' }])
  })
}

t.test('another server is not given the token, on the way back neither', async (t) => {
  const first = await startStandIn(t, 204)
  const other = await startStandIn(t, (response) => response.writeHead(307, { location: `${first.url}back` }).end())
  const home = await startStandIn(t, (response) => response.writeHead(307, { location: other.url }).end())
  await sendMessage(fetch, form(home.url), never)
  t.equal(home.sent[0]?.headers.authorization, 'a token')
  t.equal(other.sent[0]?.headers.authorization, undefined)
  t.equal(first.sent[0]?.headers.authorization, undefined)
})

t.test('303, and a redirect that leads nowhere, are answers', async (t) => {
  const hub = await startStandIn(t)
  for (const [status, location] of [
    [303, '/login'],
    [302, undefined],
    [302, 'http://'],
  ] as const) {
    hub.replyWith((response) => response.writeHead(status, { ...(location && { location }) }).end())
    t.equal((await sendMessage(fetch, form(hub.url), never)).status, status)
  }
})

t.test('five redirects are followed, the sixth is not, and none leaves the web', async (t) => {
  const hub = await startStandIn(t, (response) => response.writeHead(307, { location: '/again' }).end())
  await t.rejects(sendMessage(fetch, form(hub.url), never), { code: 'unavailable', message: /more than 5 times/ })
  t.equal(hub.sent.length, 6)
  hub.replyWith((response) => response.writeHead(307, { location: 'file:///etc/passwd' }).end())
  await t.rejects(sendMessage(fetch, form(hub.url), never), { code: 'invalid' })
})

t.test('of a refusal one short line is kept, in which nothing can hide', async (t) => {
  const hub = await startStandIn(t, (response) =>
    response.writeHead(400).end(`No\u0000 such\r\n topic\u202e: ${'🌊'.repeat(300)}`),
  )
  const { status, says } = await sendMessage(fetch, form(hub.url), never)
  t.equal(status, 400)
  t.match(says, /^No\s+such\s+topic\s*: 🌊+$/u)
  t.ok(says.length <= 200)
})

t.test('an answer without end is read no further than it is needed', async (t) => {
  const hub = await startStandIn(t, (response) => {
    response.writeHead(400)
    const pour = () => {
      while (!response.closed && response.write('x'.repeat(65_536))) {}
    }
    response.on('drain', pour)
    pour()
  })
  t.equal((await sendMessage(fetch, form(hub.url), never)).says, 'x'.repeat(200))
})

t.test('who accepts and then falls silent has accepted; who says nothing at all is unavailable', async (t) => {
  const hub = await startStandIn(t, (response) => response.writeHead(202).write('t'))
  t.same(await sendMessage(fetch, form(hub.url), AbortSignal.timeout(2_000)), {
    status: 202,
    says: '',
    retryAfter: null,
  })
  hub.replyWith((response) => response.writeHead(400).write('not'))
  t.same(await sendMessage(fetch, form(hub.url), AbortSignal.timeout(2_000)), {
    status: 400,
    says: '',
    retryAfter: null,
  })
  hub.replyWith(() => {})
  await t.rejects(sendMessage(fetch, form(hub.url), AbortSignal.timeout(300)), {
    code: 'unavailable',
    message: /takes too long/,
  })
})
