import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { watchRun } from '../../../src/audio/ffmpeg/watch-run.ts'

t.test('what goes forward may run up to the limit, and no longer', async (t) => {
  const watch = watchRun({ limitSeconds: 1.5, stallSeconds: 1 })
  for (let step = 0; !watch.signal.aborted; step++) {
    await sleep(40)
    watch.saw(step)
  }
  t.match(watch.signal.reason, { message: 'it ran for more than 1.5 s' })
})

t.test('what stands still, or goes back, is stopped before', async (t) => {
  const watch = watchRun({ limitSeconds: 10, stallSeconds: 0.1 })
  watch.saw(5)
  for (let step = 0; !watch.signal.aborted && step < 20; step++) {
    await sleep(40)
    watch.saw(step % 5)
  }
  t.match(watch.signal.reason, { message: 'it stood still for 0.1 s' })
  watch.end()
})

t.test('when it has ended, nothing happens any more', async (t) => {
  const watch = watchRun({ limitSeconds: 0.02 })
  watch.end()
  await sleep(60)
  t.notOk(watch.signal.aborted)
})
