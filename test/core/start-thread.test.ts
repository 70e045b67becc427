import { once } from 'node:events'
import t from 'tap'
import { startThread } from '../../src/core/start-thread.ts'

t.test('a thread that dies while nobody waits for it ends nothing else', async (t) => {
  const thread = startThread('core/no-such-thread')
  t.equal(await new Promise((resolve) => thread.once('exit', resolve)), 1)
})

t.test('whoever waits for a thread that dies is told why', async (t) => {
  await t.rejects(once(startThread('core/no-such-thread'), 'message'), { code: 'MODULE_NOT_FOUND' })
})
