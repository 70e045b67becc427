import { setTimeout as sleep } from 'node:timers/promises'
import { residentMb } from '../../test/fixtures/resident.ts'
import { median, type Row, withBench } from './bench-station.ts'

const starts = 7
const settleMs = 10_000

/** From `node dist/src/main.js` on an existing home with the sample show to the first answer; then memory when idle. */
export const startBench = (): Promise<Row[]> =>
  withBench(async ({ start }) => {
    const first = await start({ SEED: 'sample' })
    await sleep(settleMs)
    await first.stop()
    const times: number[] = []
    for (let count = 0; count < starts; count += 1) {
      const program = await start()
      times.push(program.readyAfterMs)
      await program.stop()
    }
    const idle = await start()
    await fetch(idle.url)
    await sleep(settleMs)
    const { now } = await residentMb(idle.pid)
    return [
      {
        what: `start to ready on an existing home, median of ${starts} (worst)`,
        measured: `${median(times).toFixed(0)} ms (${Math.max(...times).toFixed(0)} ms)`,
        target: '< 1000 ms',
      },
      {
        what: 'resident when idle, web and worker thread together',
        measured: `${now.toFixed(0)} MB`,
        target: '< 160 MB',
      },
    ]
  })
