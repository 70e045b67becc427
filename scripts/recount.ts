/**
 * Counts all downloads anew from the log of hits: `npm run recount`. It may run while the station runs: an episode keeps its
 * numbers until the new ones take their place, at once. Interrupted, it is finished by the station's worker.
 */
import { dayOf } from '../src/analytics/day.ts'
import { finishRecounts, recountAll } from '../src/analytics/recount.ts'
import { getCursor } from '../src/analytics/roll-up/cursor.ts'
import { rulesOf } from '../src/analytics/rules.ts'
import { openApp } from '../src/app.ts'
import type { App } from '../src/core/app.ts'
import { ConfigError, parseConfig } from '../src/core/config.ts'
import { createLog } from '../src/log.ts'

const usage = `Counts all downloads anew from the log of hits, by the rules of today.

  npm run recount

The settings come from the environment, the same as the station's.
`

/** Returns the exit code. */
async function main(words: readonly string[]): Promise<number> {
  if (words.length > 0) {
    const isHelp = words.length === 1 && words[0] === '--help'
    ;(isHelp ? process.stdout : process.stderr).write(usage)
    return isHelp ? 0 : 2
  }
  const config = parseConfig(process.env)
  // Before anything is asked for: settings that make no sense change nothing.
  await rulesOf({ config })
  const app = await openApp(config, createLog(config, 2), { isAlone: false })
  try {
    process.stdout.write(await recount(app))
    return 0
  } finally {
    await app.close()
  }
}

/** Returns what came of it, in words. */
async function recount(app: App): Promise<string> {
  const before = await countAllDownloads(app)
  const episodes = await recountAll(app)
  await finishRecounts(app, (waiting) => process.stderr.write(`${count(waiting)} of ${count(episodes)} to do\n`))
  const rows: [string, number][] = [
    ['episodes', episodes],
    ['downloads before', before],
    ['downloads now', await countAllDownloads(app)],
  ]
  const width = Math.max(...rows.map(([, value]) => count(value).length))
  const table = rows.map(([name, value]) => `${name.padEnd(18)}${count(value).padStart(width)}\n`).join('')
  return table + (await explainKept(app))
}

async function countAllDownloads({ db }: App): Promise<number> {
  const { downloads } = await db
    .selectFrom('showDay')
    .select(({ fn }) => fn.sum<number | null>('downloads').as('downloads'))
    .where('aspect', '=', 'day')
    .executeTakeFirstOrThrow()
  return downloads ?? 0
}

async function explainKept({ db, config }: App): Promise<string> {
  const firstKept = dayOf((await getCursor(db)).forgottenBefore, null)
  const older = await db.selectFrom('showDay').select('day').where('day', '<', firstKept).limit(1).executeTakeFirst()
  if (!older) return ''
  return `Hits are kept for ${config.keepHitsDays} days (KEEP_HITS_DAYS): what was counted of older ones stayed as it was.\n`
}

const count = (value: number) => value.toLocaleString('en')

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode
  },
  (error) => {
    process.stderr.write(`${error instanceof ConfigError ? error.message : error.stack}\n`)
    process.exitCode = 1
  },
)
