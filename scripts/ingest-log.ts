/**
 * Takes the access logs of what stands in front of the station: `npm run ingest-log -- [--form nginx] file…`, `-` for standard
 * input. It may run while the station runs, and any log may be taken again.
 */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type FormName, formNames } from '../src/analytics/ingest/forms.ts'
import { createLogIngest } from '../src/analytics/ingest/ingest-log.ts'
import { addLineTallies, emptyLineTally, type LineTally } from '../src/analytics/ingest/line-tally.ts'
import { keptSince } from '../src/analytics/roll-up/forget-hits.ts'
import { type OpenApp, openApp } from '../src/app.ts'
import { type Config, ConfigError, parseConfig } from '../src/core/config.ts'
import { AppError } from '../src/core/errors.ts'
import { openCountries } from '../src/delivery/countries.ts'
import { createLog } from '../src/log.ts'

const usage = `Takes access logs of nginx, a CDN or an S3 store, so that what they answered counts as downloads.

  npm run ingest-log -- [--form FORM] FILE…    zipped or not; - is standard input

FORM is one of ${formNames.join(', ')}. Leave it away to have it recognised.
The settings come from the environment, the same as the station's.
`

const progressMs = 10_000

type Wish = Readonly<{ form?: FormName; files: readonly string[] }>

/** Returns the exit code. */
async function main(): Promise<number> {
  const wish = readArguments()
  if (wish === 'help') {
    process.stdout.write(usage)
    return 0
  }
  if (!wish) {
    process.stderr.write(usage)
    return 2
  }
  const config = parseConfig(process.env)
  const refusals = [...refuseStation(config), ...(await Promise.all(wish.files.map(refuseFile))).flat()]
  if (refusals.length > 0) {
    process.stderr.write(`${refusals.join('\n')}\n`)
    return 1
  }
  const app = await openApp(config, createLog(config, 2), { isAlone: false })
  try {
    return await ingestFiles(app, wish)
  } finally {
    await app.close()
  }
}

/** Undefined: they make no sense. */
function readArguments(): Wish | 'help' | undefined {
  try {
    const options = { form: { type: 'string' }, help: { type: 'boolean' } } as const
    const { values, positionals: files } = parseArgs({ options, allowPositionals: true })
    if (values.help) return 'help'
    const form = formNames.find((name) => name === values.form)
    return files.length > 0 && form === values.form ? { form, files } : undefined
  } catch {
    return undefined
  }
}

const refuseStation = ({ countFrom }: Config): string[] =>
  countFrom === 'log'
    ? []
    : [
        'COUNT_FROM is station: the station counts what it answers itself, and a log would count it again. Set COUNT_FROM=log, ' +
          'for the station too, when a server in front of it answers listeners.',
      ]

async function refuseFile(file: string): Promise<string[]> {
  if (file === '-') return []
  const found = await stat(file).catch(() => undefined)
  if (!found) return [`${file} is not there.`]
  return found.isDirectory() ? [`${file} is a folder: name the files in it.`] : []
}

/** Returns the exit code. */
async function ingestFiles(app: OpenApp, { form, files }: Wish): Promise<number> {
  const { countriesFile, keepHitsDays } = app.config
  const countryOf = await openCountries(countriesFile)
  const ingest = createLogIngest(app, { countryOf, form, oldest: await keptSince(app) })
  let total = emptyLineTally()
  let isGood = true
  for (const file of files) {
    const tally = emptyLineTally()
    const stopReports = reportProgress(file, tally)
    try {
      await ingest(file === '-' ? process.stdin : createReadStream(file), tally)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      process.stderr.write(`${file}: ${error.message}\n`)
      isGood = false
    } finally {
      stopReports()
    }
    complain(file, tally)
    total = addLineTallies(total, tally)
  }
  process.stdout.write(table(total, keepHitsDays))
  return isGood ? 0 : 1
}

function reportProgress(file: string, tally: LineTally): () => void {
  const timer = setInterval(() => process.stderr.write(`${file}: ${count(tally.lines)} lines\n`), progressMs)
  return () => clearInterval(timer)
}

function complain(file: string, { notUnderstood, firstNotUnderstood: first }: LineTally): void {
  if (notUnderstood === 0) return
  const more = notUnderstood > first.length ? `, and ${count(notUnderstood - first.length)} more` : ''
  process.stderr.write(`${file}: lines that are not understood: ${first.join(', ')}${more}\n`)
}

function table({ lines, taken, known, passedOver, notUnderstood, tooOld }: LineTally, keepHitsDays: number): string {
  const rows: [string, number][] = [
    ['lines', lines],
    ['hits taken', taken],
    ['already known', known],
    ['other requests', passedOver],
    ['not understood', notUnderstood],
    ['too old', tooOld],
  ]
  const width = count(lines).length
  const text = rows.map(([name, value]) => `${name.padEnd(16)}${count(value).padStart(width)}\n`).join('')
  const why = `Hits are kept for ${keepHitsDays} days (KEEP_HITS_DAYS): those that are older were not taken.\n`
  return tooOld > 0 ? text + why : text
}

const count = (value: number) => value.toLocaleString('en')

main().then(
  (exitCode) => {
    process.exitCode = exitCode
  },
  (error) => {
    process.stderr.write(`${error instanceof ConfigError ? error.message : error.stack}\n`)
    process.exitCode = 1
  },
)
