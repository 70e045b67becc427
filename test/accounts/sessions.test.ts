import t from 'tap'
import { createSession, deleteSession, findSession, sessionSeconds } from '../../src/accounts/sessions.ts'
import { fakeClock } from '../fixtures/fake-clock.ts'
import { openStation, ownerToken } from '../station.ts'

const noon = Date.parse('2026-03-01T12:00:00Z')

t.test('a session is open for thirty days, and not a moment longer', async (t) => {
  const clock = fakeClock(noon)
  const { app } = await openStation(t, { clock })
  const secret = await createSession(app, ownerToken)
  t.match(secret, /^[\w-]{32}$/)
  const end = noon + sessionSeconds * 1000
  t.equal(sessionSeconds, 30 * 86_400)
  for (const [instant, owner] of [
    [noon, 'owner'],
    [end - 1, 'owner'],
    [end, undefined],
  ] as const) {
    clock.turnTo(instant)
    t.equal(await findSession(app, secret), owner, new Date(instant).toISOString())
  }
})

t.test('signing out ends one session, and may be done twice', async (t) => {
  const { app } = await openStation(t)
  const [here, there] = [await createSession(app, ownerToken), await createSession(app, ownerToken)]
  await deleteSession(app, here)
  await deleteSession(app, here)
  t.equal(await findSession(app, here), undefined)
  t.equal(await findSession(app, there), 'owner')
})

t.test('a wrong token opens none, and a secret is not stored', async (t) => {
  const { app } = await openStation(t)
  for (const token of ['', 'wrong', 'owner']) {
    await t.rejects(createSession(app, token), { code: 'unauthorized', message: /This token is not known/ })
  }
  t.same(await app.db.selectFrom('session').selectAll().execute(), [])
  const secret = await createSession(app, ownerToken)
  const [row] = await app.db.selectFrom('session').selectAll().execute()
  t.notMatch(JSON.stringify(row), secret)
  for (const other of ['', row?.hash ?? '', ownerToken]) t.equal(await findSession(app, other), undefined)
})
