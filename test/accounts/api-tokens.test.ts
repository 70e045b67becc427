import t from 'tap'
import { ensureOwnerToken, findApiToken } from '../../src/accounts/api-tokens.ts'
import { createSession, findSession } from '../../src/accounts/sessions.ts'
import { openStation, ownerToken } from '../station.ts'

const withToken = (adminToken: string | undefined) => ({ adminToken })

t.test('without ADMIN_TOKEN a token is made once, and can be read that one time', async (t) => {
  const { app } = await openStation(t, { environment: { ADMIN_TOKEN: '' } })
  await app.db.deleteFrom('apiToken').execute()
  const made = await ensureOwnerToken(app)
  t.match(made, /^[\w-]{32}$/)
  t.equal(await ensureOwnerToken(app), undefined, 'at the next start there is nothing to print')
  t.equal(await findApiToken(app.db, made ?? ''), 'owner', 'and the first one is still good')
  const stored = JSON.stringify(await app.db.selectFrom('apiToken').selectAll().execute())
  t.notMatch(stored, made, 'only its hash is stored')
})

t.test('ADMIN_TOKEN takes the place of the one before, and ends the sessions that were opened with that', async (t) => {
  const { app } = await openStation(t)
  const secret = await createSession(app, ownerToken)
  t.equal(await ensureOwnerToken(app), undefined, 'it is never printed')
  t.equal(await findSession(app, secret), 'owner', 'starting with the same one changes nothing')
  const next = 'another-token-of-the-owner'
  t.equal(await ensureOwnerToken({ ...app, config: { ...app.config, ...withToken(next) } }), undefined)
  t.equal(await findApiToken(app.db, next), 'owner')
  t.equal(await findApiToken(app.db, ownerToken), undefined)
  t.equal(await findSession(app, secret), undefined)
  t.equal(await ensureOwnerToken({ ...app, config: { ...app.config, ...withToken(undefined) } }), undefined)
  t.equal(await findApiToken(app.db, next), 'owner', 'taken out of the environment again, it stays')
})

t.test('nothing else is a token', async (t) => {
  const { app } = await openStation(t)
  const [row] = await app.db.selectFrom('apiToken').selectAll().execute()
  for (const text of ['', 'owner', ` ${ownerToken}`, ownerToken.toUpperCase(), row?.hash ?? '']) {
    t.equal(await findApiToken(app.db, text), undefined, JSON.stringify(text))
  }
})
