import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import t, { type Test } from 'tap'
import { createGuardedFetch } from '../../src/platform/guarded-fetch.ts'

/** Ways to write this machine, all of which reach it when nothing refuses them. */
const thisMachine = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0x7f.1',
  '017700000001',
  '0177.0.0.01',
  '１２７.0.0.1',
  'localhost',
  'LOCALHOST',
  '0.0.0.0',
  '0',
]

const thisMachineIPv6 = ['[::1]', '[0:0:0:0:0:0:0:1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]']

const notPublic = [
  ['private', '10.0.0.1', '172.16.0.1', '172.31.255.254', '192.168.1.1', '0xc0a80101', '3232235777'],
  ['loopback beside 127.0.0.1', '127.255.255.254'],
  ['link-local', '169.254.169.254', '[fe80::1]', '[febf::1]'],
  ['unique-local', '[fc00::1]', '[fd00:ec2::254]'],
  ['carrier-grade NAT', '100.64.0.1', '100.100.100.200', '100.127.255.254'],
  ['multicast', '224.0.0.1', '239.255.255.250', '[ff02::1]'],
  ['unspecified and this network', '0.0.0.0', '0.1.2.3', '[::]'],
  ['broadcast', '255.255.255.255'],
  ['reserved', '192.0.0.192', '192.0.2.1', '198.18.0.1', '240.0.0.1', '[2001:db8::1]', '[3fff::1]', '[4000::1]'],
  ['IPv4 inside of IPv6', '[::ffff:10.0.0.1]', '[::ffff:8.8.8.8]', '[::127.0.0.1]', '[::ffff:0:7f00:1]'],
  ['translated (NAT64)', '[64:ff9b::127.0.0.1]', '[64:ff9b::a00:1]', '[64:ff9b:1::a00:1]'],
  ['tunnelled (6to4, Teredo)', '[2002:7f00:1::1]', '[2001:0:7f00:1::1]'],
  ['site-local', '[fec0::1]'],
] as const

t.test('importing it does not load undici', async (t) => {
  const loaded = () => Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('/undici/'))
  t.notOk(loaded())
  await t.rejects(createGuardedFetch()('http://127.0.0.1/'))
  t.ok(loaded(), 'the first call does')
})

t.test('no way to write this machine gets through, and the guard is what refuses', async (t) => {
  const { port, asked, family } = await serve(t, (_request, response) => response.end('inside'))
  const unguarded = createGuardedFetch({ allowPrivate: true })
  for (const host of family === 'IPv6' ? [...thisMachine, ...thisMachineIPv6] : thisMachine) {
    const url = `http://${host}:${port}/`
    t.equal(await (await unguarded(url)).text(), 'inside', `${host} is reached without the guard`)
    asked.length = 0
    await t.rejects(createGuardedFetch()(url), { code: 'forbidden', message: /inside a private network/ }, host)
    await t.rejects(createGuardedFetch()(`https://${host}:${port}/`), { code: 'forbidden' }, `${host} over TLS`)
    t.same(asked, [], 'the server saw nothing')
  }
})

for (const [kind, ...hosts] of notPublic) {
  t.test(`addresses that are ${kind} are refused`, async (t) => {
    for (const host of hosts) await t.rejects(createGuardedFetch()(`http://${host}/`), { code: 'forbidden' }, host)
  })
}

t.test('a redirect into a private network is refused, wherever it stands in the chain', async (t) => {
  const { port, asked } = await serve(t, (request, response) => {
    const [to = '', ...more] = JSON.parse(decodeURIComponent(request.url?.slice(1) ?? '[]'))
    response.writeHead(302, { location: to === 'again' ? `/${encodeURIComponent(JSON.stringify(more))}` : to }).end()
  })
  const ask = createGuardedFetch({ allowPrivate: ['127.0.0.1'] })
  for (const to of [
    `http://127.0.0.2:${port}/`,
    `http://2130706434:${port}/`,
    `http://[::1]:${port}/`,
    `http://[::ffff:127.0.0.1]:${port}/`,
    '//169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
  ]) {
    for (const chain of [[to], ['again', 'again', to]]) {
      asked.length = 0
      const start = `http://127.0.0.1:${port}/${encodeURIComponent(JSON.stringify(chain))}`
      await t.rejects(ask(start), { code: 'forbidden' }, chain.join(' -> '))
      t.equal(asked.length, chain.length, 'only the redirecting server was asked')
    }
  }
})

t.test('five redirects are followed, the sixth is not', async (t) => {
  const { port, asked } = await serve(t, (request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 0) response.end('there')
    else response.writeHead(307, { location: `/${left - 1}` }).end()
  })
  const ask = createGuardedFetch({ allowPrivate: true })
  const answer = await ask(`http://127.0.0.1:${port}/5`)
  t.equal(await answer.text(), 'there')
  t.match(answer, { redirected: true, url: `http://127.0.0.1:${port}/0` })
  asked.length = 0
  await t.rejects(ask(`http://127.0.0.1:${port}/6`), { code: 'unavailable', message: /more than 5 times/ })
  t.equal(asked.length, 6)
  const kept = await ask(`http://127.0.0.1:${port}/6`, { redirect: 'manual' })
  t.equal(kept.status, 307, 'a caller may look at redirects himself')
})

t.test('a redirect leaves the web for nothing', async (t) => {
  const { port } = await serve(t, (_request, response) =>
    response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  )
  await t.rejects(createGuardedFetch({ allowPrivate: true })(`http://127.0.0.1:${port}/`), { code: 'unavailable' })
})

t.test('only web addresses are asked', async (t) => {
  const ask = createGuardedFetch({ allowPrivate: true })
  for (const address of [
    'ftp://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'blob:https://example.com/1',
    'about:blank',
    'example.com',
    '',
    'http://user:password@example.com/',
    'http://1.2.3.4.5/',
  ]) {
    await t.rejects(ask(address), { code: 'invalid' }, address)
  }
})

t.test('it asks and answers like fetch', async (t) => {
  const { port } = await serve(t, async (request, response) => {
    const body = (await request.toArray()).join('')
    if (request.url === '/nothing') return response.writeHead(204).end()
    response.writeHead(201, { 'x-method': String(request.method), 'set-cookie': ['a=1', 'b=2'] })
    response.end(`${request.headers['content-type']} ${body}`)
  })
  const ask = createGuardedFetch({ allowPrivate: true })
  const answer = await ask(new URL(`http://127.0.0.1:${port}/`), {
    method: 'POST',
    body: new URLSearchParams({ 'hub.mode': 'publish' }),
  })
  t.ok(answer instanceof Response)
  t.match(answer, { status: 201, ok: true, redirected: false, url: `http://127.0.0.1:${port}/` })
  t.equal(answer.headers.get('x-method'), 'POST')
  t.same(answer.headers.getSetCookie(), ['a=1', 'b=2'])
  t.equal(await answer.text(), 'application/x-www-form-urlencoded;charset=UTF-8 hub.mode=publish')
  await t.rejects(ask(`http://127.0.0.1:${port}/`, { headers: { 'no header': '' } }), TypeError)
  const nothing = await ask(`http://127.0.0.1:${port}/nothing`)
  t.match(nothing, { status: 204, body: null })
})

t.test('a body that nobody wants is given back to the server', async (t) => {
  const closed: Promise<unknown>[] = []
  const { port } = await serve(t, (_request, response) => {
    closed.push(once(response, 'close'))
    drip(response)
  })
  const answer = await createGuardedFetch({ allowPrivate: true })(`http://127.0.0.1:${port}/`)
  await answer.body?.cancel()
  await Promise.all(closed)
  t.equal(closed.length, 1)
})

t.test('a network that fails is unavailable, and the message names the server', async (t) => {
  const ask = createGuardedFetch({ allowPrivate: true })
  const { port } = await serve(t, (request, response) => {
    if (request.url === '/hangs-up') return request.socket.destroy()
    if (request.url === '/999') return response.writeHead(999).end()
    response.writeHead(200, { 'content-length': '100' }).write('only a part')
    setTimeout(() => request.socket.destroy(), 50)
  })
  const closedPort = await freePort()
  await t.rejects(ask(`http://127.0.0.1:${closedPort}/`), {
    code: 'unavailable',
    message: `127.0.0.1:${closedPort} does not answer as it should (ECONNREFUSED). Check the address, or try again later.`,
  })
  await t.rejects(ask('http://nowhere.invalid/'), { code: 'unavailable', message: /^nowhere\.invalid / })
  await t.rejects(ask(`http://127.0.0.1:${port}/hangs-up`), { code: 'unavailable' })
  await t.rejects(ask(`http://127.0.0.1:${port}/999`), { code: 'unavailable' }, 'a status that does not exist')
  await t.rejects(ask(`https://127.0.0.1:${port}/`), { code: 'unavailable' }, 'no TLS there')
  const cutOff = await ask(`http://127.0.0.1:${port}/cut-off`)
  await t.rejects(cutOff.text(), { code: 'unavailable' }, 'a body that breaks off')
})

t.test('a server that does not go on is given up', async (t) => {
  const silent = net.createServer()
  silent.on('connection', (socket) => t.teardown(() => socket.destroy()))
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  t.teardown(() => silent.close())
  const silentPort = (silent.address() as AddressInfo).port
  const hurried = createGuardedFetch({ allowPrivate: true, connectMs: 500, wholeMs: 4_000 })
  await t.rejects(hurried(`https://127.0.0.1:${silentPort}/`), { code: 'unavailable', message: /CONNECT_TIMEOUT/ })

  const { port } = await serve(t, (request, response) => request.url === '/drips' && drip(response))
  const ask = createGuardedFetch({ allowPrivate: true, wholeMs: 1_500 })
  const tooLong = { code: 'unavailable', message: /takes too long/ }
  await t.rejects(ask(`http://127.0.0.1:${port}/silent`), tooLong)
  const dripping = await ask(`http://127.0.0.1:${port}/drips`)
  await t.rejects(dripping.text(), tooLong, 'the limit holds for the body too')
})

t.test('the limit is not lost when memory is collected while a body arrives', async (t) => {
  setFlagsFromString('--expose-gc')
  const collecting = setInterval(runInNewContext('gc'), 50)
  t.teardown(() => clearInterval(collecting))
  const { port } = await serve(t, (_request, response) => drip(response))
  const dripping = await createGuardedFetch({ allowPrivate: true, wholeMs: 1_500 })(`http://127.0.0.1:${port}/`)
  const ended = await Promise.race([
    dripping.text().catch((error) => error.code),
    sleep(60_000, 'still reading', { ref: false }),
  ])
  t.equal(ended, 'unavailable')
})

t.test("a caller's signal takes the place of the limit, and its reason comes back unchanged", async (t) => {
  const { port } = await serve(t, (request, response) => {
    if (request.url === '/slow') setTimeout(() => response.end('at last'), 400)
    if (request.url === '/drips') drip(response)
  })
  const ask = createGuardedFetch({ allowPrivate: true, wholeMs: 100 })
  const { signal } = new AbortController()
  t.equal(await (await ask(`http://127.0.0.1:${port}/slow`, { signal })).text(), 'at last')

  const reason = new Error('the job was cancelled')
  const thrown = await ask(`http://127.0.0.1:${port}/silent`, { signal: abortSoon(reason) }).catch((error) => error)
  t.equal(thrown, reason)
  const dripping = await ask(`http://127.0.0.1:${port}/drips`, { signal: abortSoon(reason) })
  t.equal(await dripping.text().catch((error) => error), reason)
  await t.rejects(ask(`http://127.0.0.1:${port}/silent`, { signal: AbortSignal.timeout(100) }), { code: 'unavailable' })
})

async function serve(t: Test, listener: RequestListener) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    listener(request, response)
  })
  server.listen(0)
  await once(server, 'listening')
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })
  const { port, family } = server.address() as AddressInfo
  return { port, family, asked }
}

function drip(response: NodeJS.WritableStream) {
  const timer = setInterval(() => response.write('.'), 20)
  response.on('close', () => clearInterval(timer))
}

function abortSoon(reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), 100)
  return controller.signal
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
