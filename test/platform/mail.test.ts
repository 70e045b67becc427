import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import t, { type Test } from 'tap'
import { createMail } from '../../src/platform/mail.ts'

const letter = { to: 'listener@example.com', subject: 'Your new episode is out', text: 'Hello.\n.\nBye.\n' }

t.test('a letter arrives as it was written', async (t) => {
  const { url, received } = await startServer(t)
  const mail = createMail(`${url}?from=${encodeURIComponent('Night Radio <radio@example.org>')}`)
  await mail.send(letter)
  await mail.send({ ...letter, subject: 'Grüße, 世界', text: 'Ünïcode' })
  const [first, second] = received
  t.match(first, { from: 'radio@example.org', to: ['listener@example.com'], body: 'Hello.\n.\nBye.' })
  t.match(first?.headers, {
    from: 'Night Radio <radio@example.org>',
    to: 'listener@example.com',
    subject: letter.subject,
    'auto-submitted': 'auto-generated',
  })
  t.match(second?.headers.subject, /^=\?UTF-8\?/)
})

t.test('without ?from= the sender is longwave at the mail server', async (t) => {
  const { port, received } = await startServer(t)
  await createMail(`smtp://localhost:${port}`).send(letter)
  t.equal(received[0]?.from, 'longwave@localhost')
})

t.test('the name and the password of the URL are used', async (t) => {
  const { port, received, signedIn } = await startServer(t, { authOptional: false })
  await createMail(`smtp://radio%40example.org:p%3Aass@127.0.0.1:${port}?from=a@example.org`).send(letter)
  t.same(signedIn, ['radio@example.org p:ass'])
  t.equal(received.length, 1)
})

t.test('no header and no recipient can be smuggled in', async (t) => {
  const { url, received } = await startServer(t)
  const mail = createMail(url)
  for (const lineEnd of ['\r\n', '\n', '\r', '\u2028', '\0', '\x0b']) {
    await mail.send({ ...letter, subject: `Hello${lineEnd}Bcc: victim@example.com${lineEnd}${lineEnd}Buy this` })
  }
  await mail.send({ ...letter, text: 'Hello\r\n.\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<victim@example.com>' })
  t.equal(received.length, 7)
  for (const { to, headers, head } of received) {
    t.same(to, ['listener@example.com'])
    t.notOk('bcc' in headers)
    t.notMatch(head, /[^\r]\n|\r[^\n]|\0/, 'nothing that a lenient reader could take for the end of a line')
  }
  t.match(received[6]?.body, /RCPT TO:<victim@example\.com>/, 'what looks like a command is text')

  for (const to of [
    'a@example.com, victim@example.com',
    'a@example.com;victim@example.com',
    'a@example.com\r\nBcc: victim@example.com',
    'a@example.com\nRCPT TO:<victim@example.com>',
    'Name <victim@example.com>',
    'group: victim@example.com;',
    '"victim@example.com> x"@example.com',
    'a@b@example.com',
    'a b@example.com',
    '@example.com',
    'nobody',
    '',
    `${'a'.repeat(250)}@example.com`,
  ]) {
    await t.rejects(mail.send({ ...letter, to }), { code: 'invalid', details: { field: 'to' } }, JSON.stringify(to))
  }
  t.equal(received.length, 7, 'none of them was sent')
})

t.test('without SMTP_URL every letter is refused, and the message says what to do', async (t) => {
  for (const url of [undefined, '']) {
    await t.rejects(createMail(url).send(letter), { code: 'unavailable', message: /Set SMTP_URL/ })
  }
})

t.test('a mail server that refuses makes the letter unavailable, without telling the password', async (t) => {
  const { port } = await startServer(t, {
    authOptional: false,
    onAuth: (_auth, _session, callback) => callback(new Error('Wrong password')),
  })
  const error = await createMail(`smtp://radio:hunter2@127.0.0.1:${port}`)
    .send(letter)
    .catch((error) => error)
  t.match(error, { code: 'unavailable', message: /127\.0\.0\.1.*\(EAUTH\).*SMTP_URL/ })
  t.notMatch(error.message, /hunter2/)

  const { url } = await startServer(t, {
    onRcptTo: (_address, _session, callback) => callback(new Error('No such listener')),
  })
  await t.rejects(createMail(url).send(letter), { code: 'unavailable', message: /EENVELOPE/ })
})

t.test('a mail server that is not there makes the letter unavailable', async (t) => {
  const { port, close } = await startServer(t)
  await close()
  await t.rejects(createMail(`smtp://127.0.0.1:${port}`).send(letter), { code: 'unavailable', message: /SMTP_URL/ })
  await t.rejects(createMail('smtp://nowhere.invalid').send(letter), { code: 'unavailable', message: /nowhere/ })
})

t.test('a mail server that does not go on is given up', async (t) => {
  for (const greeting of ['', '220-wait\r\n']) {
    const server = net.createServer((socket) => {
      const timer = setInterval(() => socket.write(greeting), 20)
      socket.on('close', () => clearInterval(timer)).on('error', () => undefined)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => server.close())
    const { port } = server.address() as AddressInfo
    const mail = createMail(`smtp://127.0.0.1:${port}`, { wholeMs: 300 })
    await t.rejects(mail.send(letter), { code: 'unavailable', message: /SMTP_URL/ })
  }
})

type Received = { from: string; to: string[]; head: string; headers: Record<string, string>; body: string }

async function startServer(t: Test, options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const signedIn: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) => {
      signedIn.push(`${username} ${password}`)
      callback(null, { user: username })
    },
    onData: async (stream, { envelope: { mailFrom, rcptTo } }, callback) => {
      const from = mailFrom === false ? '' : mailFrom.address
      received.push({ from, to: rcptTo.map(({ address }) => address), ...parse((await stream.toArray()).join('')) })
      callback()
    },
    ...options,
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()))
  t.teardown(close)
  const { port } = server.server.address() as AddressInfo
  return { port, url: `smtp://127.0.0.1:${port}`, received, signedIn, close }
}

/** Header names in small letters; folded lines joined (RFC 5322 §2.2.3). */
function parse(message: string): Pick<Received, 'head' | 'headers' | 'body'> {
  const [head = '', ...rest] = message.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    }),
  )
  return { head, headers, body: rest.join('\r\n\r\n').replaceAll('\r\n', '\n').trim() }
}
