import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { startPostgres } from '../../test/engines/postgres.ts'
import { goWithoutDatabase, stationOnLine } from '../../test/journey/database-gone.ts'
import { killUnderLoad, publishSmallFiles } from '../../test/journey/kill-under-load.ts'
import { freePort, ownerToken } from '../../test/journey/program.ts'
import { slowestMs } from '../../test/journey/steady-listeners.ts'
import { type Bench, type Row, type Session, withBench } from './bench-station.ts'

const killsPerRound = 5
const loadMs = 1_500
const goneMs = 60_000

/** What becomes of hits when the program is killed under load, and when its database is gone for a minute. */
export async function faultsBench({ rounds }: Session): Promise<Row[]> {
  return withBench(async (bench) => [await killRow(bench, rounds * killsPerRound), await goneRow(bench)])
}

async function killRow({ folder, start }: Bench, kills: number): Promise<Row> {
  const environment = {
    LONGWAVE_HOME: path.join(folder, 'home'),
    PORT: String(await freePort()),
    ADMIN_TOKEN: ownerToken,
  }
  const episodeIds = await publishSmallFiles(environment)
  const sums = { complete: 0, hits: 0, lost: 0, twice: 0, tooMany: 0 }
  for (let kill = 0; kill < kills; kill += 1) {
    const options = { environment, start: () => start(environment), name: `Kill-${kill}`, loadMs }
    const { complete, open, hits } = await killUnderLoad(episodeIds, options)
    const found = new Set(hits)
    sums.complete += complete.length
    sums.hits += hits.length
    sums.lost += complete.filter((userAgent) => !found.has(userAgent)).length
    sums.twice += hits.length - found.size
    sums.tooMany += Math.max(0, hits.length - complete.length - open)
  }
  return {
    what: `SIGKILL under load and restart, ${kills} times: answers complete at the client, hits`,
    measured: `${sums.complete} and ${sums.hits}; ${sums.lost} lost, ${sums.twice} twice, ${sums.tooMany} too many`,
    target: 'complete <= hits <= complete + open connections, none twice',
  }
}

async function goneRow({ folder, keeper }: Bench): Promise<Row> {
  const postgres = await startPostgres()
  try {
    const at = path.join(folder, 'gone')
    await mkdir(at)
    const station = await stationOnLine(keeper, { folder: at, databaseUrl: await postgres.createDatabase() })
    const { answers, broken, hits } = await goWithoutDatabase(station, { goneMs })
    const slowest = slowestMs(answers)
    await station.program.stop()
    return {
      what: `PostgreSQL gone for ${goneMs / 1000} s, 8 listeners: answers, hits`,
      measured: `${answers.length} and ${hits.length}; ${broken.length} broken, the slowest ${slowest.toFixed(0)} ms`,
      target: 'no listener notices, no hit is lost',
    }
  } finally {
    await postgres.stop()
  }
}
