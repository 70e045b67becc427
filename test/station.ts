import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyBaseLogger, FastifyInstance, InjectOptions } from 'fastify'
import { pino } from 'pino'
import type { Test } from 'tap'
import { ensureOwnerToken } from '../src/accounts/api-tokens.ts'
import { type OpenApp, openApp } from '../src/app.ts'
import type { Clock } from '../src/core/clock.ts'
import { parseConfig } from '../src/core/config.ts'
import type { EpisodeView, ShowView } from '../src/shows/schemas.ts'
import { type WebLimits, webLimits } from '../src/web/limits.ts'
import { buildWeb } from '../src/web.ts'
import { startWorker } from '../src/worker.ts'
import { beginSqlite } from './engines/templates.ts'
import { temporary } from './fixtures/temporary.ts'

export const ownerToken = 'the-token-of-the-owner-in-tests'

export const aShow = {
  title: 'Long Waves',
  description: 'About long waves.',
  language: 'en',
  category: 'Technology',
  explicit: false,
  author: 'The Author',
  ownerEmail: 'owner@example.com',
}

/** An open station inside the test's own process: real SQLite, real disk, asked without a socket. */
export type Station = Readonly<{
  app: OpenApp
  web: FastifyInstance
  /** Asks the API with the owner's token. */
  api(
    method: InjectOptions['method'],
    url: string,
    payload?: InjectOptions['payload'],
    headers?: object,
  ): ReturnType<typeof ask>
  createShow(fields?: object): Promise<ShowView>
  createEpisode(showId: string, fields?: object): Promise<EpisodeView>
  /** Jobs run from now on. */
  startWorking(): void
}>

type StationOptions = Readonly<{
  clock?: Clock
  environment?: Record<string, string>
  log?: FastifyBaseLogger
  limits?: Partial<WebLimits>
}>

/** Opens a station in a folder of the test; everything closes with the test. */
export async function openStation(
  t: Test,
  { clock, environment = {}, log = pino({ level: 'silent' }), limits = {} }: StationOptions = {},
): Promise<Station> {
  // Not t.testdir(): that goes before the jobs that still write into the home have ended.
  const folder = await mkdtemp(path.join(temporary, 'longwave-station-'))
  const config = parseConfig({
    LONGWAVE_HOME: path.join(folder, 'home'),
    SEED: 'none',
    ADMIN_TOKEN: ownerToken,
    ...environment,
  })
  if (!config.databaseUrl) {
    await mkdir(config.home, { recursive: true })
    await beginSqlite(path.join(config.home, 'longwave.sqlite'))
  }
  const app = await openApp(config, log, { clock })
  await ensureOwnerToken(app)
  const web = await buildWeb(app, { ...webLimits, ...limits })
  const stops: (() => Promise<unknown>)[] = [() => web.close()]
  t.teardown(async () => {
    for (const stop of stops) await stop()
    await app.close()
    await rm(folder, { recursive: true, force: true })
  })
  const api: Station['api'] = (method, url, payload, headers = {}) =>
    ask(web, { method, url: `/api${url}`, payload, headers: { authorization: `Bearer ${ownerToken}`, ...headers } })
  return {
    app,
    web,
    api,
    createShow: async (fields = {}) => (await api('POST', '/shows', { ...aShow, ...fields })).json(),
    createEpisode: async (showId, fields = {}) =>
      (await api('POST', `/shows/${showId}/episodes`, { title: 'First light', ...fields })).json(),
    startWorking() {
      stops.unshift(startWorker(app).stop)
    },
  }
}

const ask = (web: FastifyInstance, options: InjectOptions) => web.inject(options)
