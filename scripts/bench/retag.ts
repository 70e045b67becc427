import path from 'node:path'
import { pino } from 'pino'
import { openApp } from '../../src/app.ts'
import { parseConfig } from '../../src/core/config.ts'
import { updateEpisode } from '../../src/shows/episode.ts'
import { createShow } from '../../src/shows/show.ts'
import { retagEpisode } from '../../src/uploads/retag-episode.ts'
import { jobRun } from '../../test/fixtures/job-run.ts'
import { publishedEpisode } from '../../test/fixtures/published-episode.ts'
import { aShow } from '../../test/station.ts'
import { median, type Row, withBench } from './bench-station.ts'

const bytes = 100 * 1000 ** 2
const times = 9

/** The whole job that gives a published episode of 100 MB another title, on the disk: hash, copy, sync and rows. */
export const retagBench = (): Promise<Row[]> =>
  withBench(async ({ folder }) => {
    const app = await openApp(parseConfig({ LONGWAVE_HOME: path.join(folder, 'home') }), pino({ level: 'silent' }))
    try {
      const show = await createShow(app, aShow)
      const { id } = await publishedEpisode({ app }, show, { bytes: Buffer.alloc(bytes, 'sound') })
      await retagEpisode(app, { episodeId: id }, jobRun())
      const taken: number[] = []
      for (let time = 1; time <= times; time += 1) {
        await updateEpisode(app, id, { title: `Title ${time}` })
        const startedAt = performance.now()
        await retagEpisode(app, { episodeId: id }, jobRun())
        taken.push(performance.now() - startedAt)
      }
      const worst = Math.max(...taken).toFixed(0)
      return [
        {
          what: `retagging a published episode of 100 MB on disk, median of ${times} (worst)`,
          measured: `${median(taken).toFixed(0)} ms (${worst} ms)`,
          target: '< 500 ms',
        },
      ]
    } finally {
      await app.close()
    }
  })
