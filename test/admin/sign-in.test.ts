import t from 'tap'
import { ownerToken } from '../station.ts'
import { openAdmin } from './station.ts'

t.test('who has no session sees the sign-in form, and nothing else', async (t) => {
  const station = await openAdmin(t)
  const page = await station.get('/admin')
  t.equal(page.statusCode, 200)
  t.match(page.body, /<form[^>]* data-sign-in/)
  t.match(page.body, /name="token" type="password" autocomplete="current-password"/)
  t.match(page.body, /ADMIN_TOKEN/, 'it says where the token is found')
  t.notMatch(page.body, /data-new-show/)
  t.equal(page.headers['cache-control'], 'no-store')
})

t.test('the right token opens a session, in a cookie that scripts and other sites do not get', async (t) => {
  const station = await openAdmin(t)
  const answer = await station.post('/admin/sign-in', { token: ` ${ownerToken}\n` })
  t.equal(answer.statusCode, 303)
  t.equal(answer.headers.location, '/admin')
  const cookie = String(answer.headers['set-cookie'])
  for (const attribute of [/HttpOnly/, /SameSite=Strict/, /Path=\/(;|$)/, /Max-Age=2592000/]) t.match(cookie, attribute)
  t.notMatch(cookie, /Secure/, 'the station is reached by http')
  t.notMatch(cookie, new RegExp(ownerToken))
})

t.test('the cookie is Secure when the station is reached by https', async (t) => {
  const station = await openAdmin(t, { PUBLIC_URL: 'https://podcasts.example.com' })
  const answer = await station.post('/admin/sign-in', { token: ownerToken })
  t.match(answer.headers['set-cookie'], /Secure/)
})

t.test('a wrong token, or none, shows the form again with the mistake', async (t) => {
  const station = await openAdmin(t)
  const attempts: Record<string, string>[] = [{ token: 'not-the-right-token' }, { token: '' }, {}]
  for (const fields of attempts) {
    const answer = await station.post('/admin/sign-in', fields)
    t.equal(answer.statusCode, 401)
    t.match(answer.body, /role="alert"[^>]*>This token is not known/)
    t.match(answer.body, /data-sign-in/)
    t.equal(answer.headers['set-cookie'], undefined)
  }
})

t.test('signing out ends the session itself, not only its cookie', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  t.match((await station.get('/admin')).body, /data-new-show/)
  const answer = await station.post('/admin/sign-out')
  t.equal(answer.statusCode, 303)
  t.match(answer.headers['set-cookie'], /Max-Age=0|Expires=Thu, 01 Jan 1970/)
  t.match((await station.get('/admin')).body, /data-sign-in/, 'the old cookie is worth nothing')
})

t.test('forms are refused without a session, and when they come from another site', async (t) => {
  const station = await openAdmin(t)
  const stranger = await station.post('/admin/shows', { title: 'Mine now' })
  t.equal(stranger.statusCode, 401)
  t.match(stranger.body, /data-sign-in/)
  await station.signIn()
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    {},
  ]
  for (const headers of foreign) {
    for (const url of ['/admin/shows', '/admin/sign-in', '/admin/sign-out']) {
      const answer = await station.post(url, { token: ownerToken }, headers)
      t.equal(answer.statusCode, 403, `${url} from ${JSON.stringify(headers)}`)
    }
  }
  t.match((await station.get('/admin')).body, /data-new-show/, 'the session is still there')
})

t.test('the page allows no inline script or style, and has none', async (t) => {
  const station = await openAdmin(t)
  await station.signIn()
  const page = await station.get('/admin')
  t.match(page.headers['content-security-policy'], /script-src 'self';/)
  t.notMatch(page.body, /<style| style="|<script(?![^>]* src=)| on[a-z]+="/)
  for (const [, address] of page.body.matchAll(/(?:src|href)="(\/[^"]*\.(?:js|css))"/g)) {
    t.equal((await station.get(String(address))).statusCode, 200, `${address} is there`)
  }
})
