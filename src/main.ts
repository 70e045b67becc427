import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { Worker } from 'node:worker_threads'
import { ensureOwnerToken } from './accounts/api-tokens.ts'
import { type OpenApp, openApp } from './app.ts'
import { adminUrl, homeUrl } from './core/addresses.ts'
import { type Config, ConfigError, configHelp, parseConfig } from './core/config.ts'
import { createLog } from './log.ts'

const restartMs = 1_000
const closeMs = 10_000

/** The process: read the configuration, open the station, start web and worker, close on SIGTERM and SIGINT. */
async function main(): Promise<void> {
  if (process.argv.includes('--help')) {
    process.stdout.write(configHelp())
    return
  }
  const config = await withFreePort(parseConfig(process.env))
  await checkAgents(config)
  const log = createLog(config)
  const app = await openApp(config, log, { isAlone: config.role !== 'all' })
  const stopWeb = config.role === 'worker' ? undefined : await startWeb(app)
  const stopWorker = await startWork(app)

  let isClosing = false
  async function close(signal: string): Promise<void> {
    if (isClosing) return
    isClosing = true
    log.info({ signal }, 'closing')
    setTimeout(() => {
      log.warn(
        'something did not end in time: what was answered with success is safe, the rest is taken up at the next start',
      )
      process.exit(0)
    }, closeMs).unref()
    await stopWeb?.()
    await stopWorker?.()
    await app.close()
    process.exit(0)
  }
  process.on('SIGTERM', close)
  process.on('SIGINT', close)
}

/** A file that no worker could count by stops the start. */
async function checkAgents(config: Config): Promise<void> {
  if (!config.userAgentsFile) return
  const { rulesOf } = await import('./analytics/rules.ts')
  await rulesOf({ config })
}

/** `PORT=0`: addresses are part of feeds, so the port must be known before anything is opened. */
async function withFreePort(config: Config): Promise<Config> {
  if (config.port !== 0) return config
  const server = createServer().listen(0, config.host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return { ...config, port, publicUrl: config.publicUrl.replace(/:0$/, `:${port}`) }
}

async function startWeb(app: OpenApp): Promise<() => Promise<void>> {
  const { buildWeb } = await import('./web.ts')
  const web = await buildWeb(app)
  await web.listen({ port: app.config.port, host: app.config.host })
  // Not before: a start that fails must not use up the one time that the token is shown.
  greet(app, await ensureOwnerToken(app))
  if (app.config.seed === 'sample') void seed(app)
  return () => web.close()
}

async function seed(app: OpenApp): Promise<void> {
  try {
    const { seedSample } = await import('./seed.ts')
    await seedSample(app)
  } catch (error) {
    app.log.error({ error }, 'the sample show could not be made')
  }
}

/** With `ROLE=all` the worker is a thread; a thread that dies is started anew. */
async function startWork(app: OpenApp): Promise<(() => Promise<void>) | undefined> {
  const { config, log } = app
  if (config.role === 'web') return undefined
  if (config.role === 'all') return startThread(config, log)
  const { startWorker } = await import('./worker.ts')
  return startWorker(app).stop
}

function startThread(config: Config, log: OpenApp['log']): () => Promise<void> {
  let isStopping = false
  let thread: Worker | undefined
  function start(): void {
    if (isStopping) return
    thread = new Worker(new URL('./worker-thread.js', import.meta.url), { workerData: config })
    thread.on('error', (error) => log.error({ error }, 'the worker thread died'))
    thread.on('exit', () => {
      thread = undefined
      if (!isStopping) setTimeout(start, restartMs)
    })
  }
  start()
  return async () => {
    isStopping = true
    if (!thread) return
    thread.postMessage('stop')
    await once(thread, 'exit')
  }
}

/** What a person at a terminal wants to know first. Programs read the log. */
function greet({ config }: OpenApp, ownerToken: string | undefined): void {
  const signIn = ownerToken
    ? `with this token, which is shown only now:\n\n               ${ownerToken}\n`
    : config.adminToken
      ? 'with your ADMIN_TOKEN'
      : 'with the token of the first start. Lost it? Start once with ADMIN_TOKEN=<a new one>'
  process.stdout.write(`
  Longwave is on air.

    Listen     ${homeUrl(config)}
    Admin      ${adminUrl(config)}
    API        ${config.publicUrl}/api/docs
    Everything it owns is in ${config.home}

    Sign in    ${signIn}

`)
}

/** One line for a mistake of configuration; else the whole story, with what caused it. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause instanceof Error || error.cause instanceof AggregateError ? `\n${explain(error.cause)}` : ''
  return `${error.stack}${cause}`
}

main().catch((error) => {
  process.stderr.write(`${explain(error)}\n`)
  process.exit(1)
})
