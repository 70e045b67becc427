import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { HitSource } from './events.ts'
import {
  atLeast,
  oneOf,
  parseCommand,
  parseDatabaseUrl,
  parseHeaderValue,
  parseLocation,
  parseOrigin,
  parseSmtpUrl,
  parseStorageUrl,
  parseWebUrl,
  parseWebUrls,
  truth,
  wholeNumber,
} from './setting-parsers.ts'

export type Role = 'all' | 'web' | 'worker'

/** How long a listener's requests for an episode are one download (IAB 2.3). */
export type CountWindow = 'first-touch' | 'last-touch' | 'calendar-day'

/** How audio reaches listeners: through this process, by a redirect, or by the nginx in front (`X-Accel-Redirect`). */
export type DeliveryWay = 'stream' | 'redirect' | 'accel'

export type S3Location = Readonly<{
  bucket: string
  /** Ends in `/`, or is empty. */
  prefix: string
  endpoint?: string
  region: string
  pathStyle: boolean
  accessKeyId?: string
  secretAccessKey?: string
}>

/** The settings of a process, all of them from its environment (12-factor). */
export type Config = Readonly<{
  port: number
  host: string
  /** No slash at the end. */
  publicUrl: string
  trustProxy: boolean
  /** Absolute path of the folder that a station owns. */
  home: string
  /** A `postgres://` URL; absent: SQLite in the home. */
  databaseUrl?: string
  /** Absent: the home's disk. */
  s3?: S3Location
  /** Absent: made in the home at first start. */
  secretKey?: string
  /** Absent: made at first start and printed once. */
  adminToken?: string
  smtpUrl?: string
  role: Role
  /** Open at once; more are refused. */
  maxConnections: number
  seed: 'sample' | 'none'
  keepOriginals: boolean
  maxUploadBytes: number
  /** The longest recording. */
  maxRecordingHours: number
  /** Pieces of a recording that are worked on at once. */
  encodeThreads: number
  heavyJobs: number
  countWindow: CountWindow
  /** Apps, robots and devices by their user agents; absent: those that come with Longwave. */
  userAgentsFile?: string
  /** How long hits are kept after they were counted. */
  keepHitsDays: number
  /** A program that turns audio into WebVTT, and its arguments; absent: nothing is transcribed. */
  transcribeCommand?: readonly string[]
  delivery: DeliveryWay
  /** Where a CDN serves `/media/…`; no slash at the end. */
  cdnUrl?: string
  /** What addresses there are signed with, in the form of nginx's secure_link; absent: they are not. */
  cdnSecret?: string
  /** The internal location of nginx that holds the home's storage folder; no slash at the end. */
  accelPrefix: string
  /** Who writes the hits: this station when it answers, or `ingest-log` from the log of what stands in front. */
  countFrom: HitSource
  /** An MMDB file of countries in place of the one that comes with Longwave. */
  countriesFile?: string
  /** WebSub hubs that are told of a feed's change. */
  webSubHubs: readonly string[]
  /** Where Podping is told, and the token for it; absent: it is not. */
  podpingUrl?: string
  podpingToken?: string
  /** Where Overcast is told of new episodes; absent: it is not. */
  overcastPingUrl?: string
  logLevel: string
}>

type Environment = Readonly<Record<string, string | undefined>>

type Setting = Readonly<{ name: string; fallback?: string; secret?: boolean; help: string }>

/** Every variable that Longwave reads; `--help` prints this table. */
export const settings: readonly Setting[] = [
  { name: 'PORT', fallback: '3000', help: 'port to listen on; 0 takes a free one' },
  { name: 'HOST', fallback: '127.0.0.1', help: 'address to listen on; 0.0.0.0 for all' },
  { name: 'PUBLIC_URL', help: 'where listeners reach this station; default http://localhost:PORT' },
  { name: 'TRUST_PROXY', fallback: 'false', help: 'true behind a reverse proxy: believe X-Forwarded-*' },
  { name: 'LONGWAVE_HOME', fallback: './media', help: 'folder that holds everything this station owns' },
  { name: 'DATABASE_URL', secret: true, help: 'postgres://user:password@host/name; absent: SQLite in the home' },
  {
    name: 'STORAGE_URL',
    help: 's3://bucket/prefix?endpoint=https://…&region=…&pathStyle=true; absent: the disk of the home',
  },
  { name: 'AWS_ACCESS_KEY_ID', secret: true, help: 'credentials for STORAGE_URL' },
  { name: 'AWS_SECRET_ACCESS_KEY', secret: true, help: 'credentials for STORAGE_URL' },
  {
    name: 'SECRET_KEY',
    secret: true,
    help: 'keeps listeners’ addresses out of the log, at least 32 characters; absent: made in the home',
  },
  {
    name: 'ADMIN_TOKEN',
    secret: true,
    help: "API token with the owner's rights, at least 16 characters; absent: made once",
  },
  {
    name: 'SMTP_URL',
    secret: true,
    help: 'smtp://user:password@host:port?from=address for letters; absent: none are sent',
  },
  { name: 'ROLE', fallback: 'all', help: 'all, web or worker' },
  { name: 'MAX_CONNECTIONS', fallback: '10000', help: 'connections that a web process has open at once' },
  { name: 'SEED', fallback: 'sample', help: 'sample: a new station gets the sample show; none: it stays empty' },
  { name: 'KEEP_ORIGINALS', fallback: 'true', help: 'keep what was uploaded beside what is served' },
  { name: 'MAX_UPLOAD_BYTES', fallback: String(4 * 1024 ** 3), help: 'largest recording, in bytes' },
  { name: 'MAX_RECORDING_HOURS', fallback: '24', help: 'longest recording, in hours' },
  {
    name: 'ENCODE_THREADS',
    fallback: String(availableParallelism()),
    help: 'parts of a recording encoded at a time; absent: as many as there are cores',
  },
  { name: 'HEAVY_JOBS', fallback: '1', help: 'recordings encoded at a time' },
  {
    name: 'COUNT_WINDOW',
    fallback: 'first-touch',
    help:
      'how long a listener’s requests for an episode are one download (IAB 2.3): first-touch: 24 hours from the first; last-touch: ' +
      '24 hours from the newest; calendar-day. A change has everything counted anew',
  },
  {
    name: 'USER_AGENTS_FILE',
    help: 'file or folder that tells apps and robots, in the form of OPAWG’s user-agents-v2; absent: the table that comes along',
  },
  {
    name: 'KEEP_HITS_DAYS',
    fallback: '400',
    help: 'for how many days requests are kept one by one after they were counted; reports keep what was counted',
  },
  {
    name: 'TRANSCRIBE_COMMAND',
    help:
      'program that turns audio into WebVTT, with its arguments; {audio} is the file (absent: it comes last), {language} like en, ' +
      '{output} where to write (absent: standard output). Quotes as in a shell, but none is run. Absent: nothing is transcribed',
  },
  {
    name: 'DELIVERY',
    help: 'stream: audio through this process; redirect: 302 to the CDN or the bucket; accel: by nginx; default stream, or redirect with CDN_URL',
  },
  { name: 'CDN_URL', help: 'where a CDN serves this station’s /media/, like https://cdn.example.com' },
  {
    name: 'CDN_SECRET',
    secret: true,
    help: 'signs addresses at CDN_URL as nginx’s secure_link checks them, at least 16 characters; absent: unsigned',
  },
  {
    name: 'ACCEL_PREFIX',
    fallback: '/longwave-storage',
    help: 'nginx’s internal location of the home’s storage folder, for DELIVERY=accel',
  },
  {
    name: 'COUNT_FROM',
    help: 'station: downloads are counted here; log: from the log of the proxy or CDN, by ingest-log; default station, log with DELIVERY=accel',
  },
  { name: 'COUNTRIES_FILE', help: 'MMDB file that tells the countries of listeners; absent: the one inside' },
  {
    name: 'WEBSUB_HUBS',
    help: 'hubs that are told of each change of a feed, with commas between them, like https://pubsubhubbub.appspot.com; absent: none',
  },
  { name: 'PODPING_URL', help: 'where Podping is told of changes, like https://podping.cloud; absent: it is not' },
  { name: 'PODPING_TOKEN', secret: true, help: 'the token for PODPING_URL' },
  { name: 'OVERCAST_PING_URL', help: 'https://overcast.fm/ping has Overcast told of new episodes; absent: it is not' },
  { name: 'LOG_LEVEL', fallback: 'info', help: 'fatal, error, warn, info, debug or silent' },
]

/** The environment does not make sense; `mistakes` has one line for each variable that is wrong. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: readonly string[]

  constructor(mistakes: readonly string[]) {
    super(`The configuration has ${mistakes.length === 1 ? 'a mistake' : 'mistakes'}:\n${mistakes.join('\n')}`)
    this.mistakes = mistakes
  }
}

/** Reads and checks all settings. Throws `ConfigError` with every mistake at once. */
export function parseConfig(environment: Environment): Config {
  const mistakes: string[] = []
  const read = <T>(name: string, parse: (text: string) => T): T => {
    try {
      const text = textOf(environment, settings.find((setting) => setting.name === name) as Setting)
      return parse(text ?? '')
    } catch (error) {
      mistakes.push(`${name}: ${(error as Error).message}`)
      return undefined as T
    }
  }
  const optional =
    <T>(parse: (text: string) => T) =>
    (text: string) =>
      text === '' ? undefined : parse(text)

  const port = read('PORT', wholeNumber(0, 65_535))
  const accessKeyId = read('AWS_ACCESS_KEY_ID', optional(String))
  const secretAccessKey = read('AWS_SECRET_ACCESS_KEY', optional(String))
  const location = read('STORAGE_URL', optional(parseStorageUrl))
  const cdnUrl = read('CDN_URL', optional(parseOrigin('https://cdn.example.com')))
  const way = read('DELIVERY', optional(oneOf('stream', 'redirect', 'accel'))) ?? (cdnUrl ? 'redirect' : 'stream')
  const config: Config = {
    port,
    host: read('HOST', String),
    publicUrl: read('PUBLIC_URL', optional(parseOrigin('https://podcasts.example.com'))) ?? `http://localhost:${port}`,
    trustProxy: read('TRUST_PROXY', truth),
    home: read('LONGWAVE_HOME', (text) => path.resolve(text)),
    databaseUrl: read('DATABASE_URL', optional(parseDatabaseUrl)),
    s3: location && { ...location, accessKeyId, secretAccessKey },
    secretKey: read('SECRET_KEY', optional(atLeast(32))),
    adminToken: read('ADMIN_TOKEN', optional(atLeast(16))),
    smtpUrl: read('SMTP_URL', optional(parseSmtpUrl)),
    role: read('ROLE', oneOf('all', 'web', 'worker')),
    maxConnections: read('MAX_CONNECTIONS', wholeNumber(1, 1_000_000)),
    seed: read('SEED', oneOf('sample', 'none')),
    keepOriginals: read('KEEP_ORIGINALS', truth),
    maxUploadBytes: read('MAX_UPLOAD_BYTES', wholeNumber(1, Number.MAX_SAFE_INTEGER)),
    maxRecordingHours: read('MAX_RECORDING_HOURS', wholeNumber(1, 200)),
    encodeThreads: read('ENCODE_THREADS', wholeNumber(1, 256)),
    heavyJobs: read('HEAVY_JOBS', wholeNumber(1, 64)),
    countWindow: read('COUNT_WINDOW', oneOf('first-touch', 'last-touch', 'calendar-day')),
    userAgentsFile: read('USER_AGENTS_FILE', optional(path.resolve)),
    keepHitsDays: read('KEEP_HITS_DAYS', wholeNumber(7, 36_500)),
    transcribeCommand: read('TRANSCRIBE_COMMAND', optional(parseCommand)),
    delivery: way,
    cdnUrl,
    cdnSecret: read('CDN_SECRET', optional(atLeast(16))),
    accelPrefix: read('ACCEL_PREFIX', parseLocation),
    countFrom: read('COUNT_FROM', optional(oneOf('station', 'log'))) ?? (way === 'accel' ? 'log' : 'station'),
    countriesFile: read('COUNTRIES_FILE', optional(path.resolve)),
    webSubHubs: read('WEBSUB_HUBS', parseWebUrls),
    podpingUrl: read('PODPING_URL', optional(parseWebUrl)),
    podpingToken: read('PODPING_TOKEN', optional(parseHeaderValue)),
    overcastPingUrl: read('OVERCAST_PING_URL', optional(parseWebUrl)),
    logLevel: read('LOG_LEVEL', oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent')),
  }
  mistakes.push(...contradictions(config))
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}

/** What is right by itself and makes no sense together, one line each. */
function contradictions(config: Config): string[] {
  const { databaseUrl, secretKey, delivery, cdnUrl, cdnSecret, s3, trustProxy, countFrom } = config
  const { podpingUrl, podpingToken } = config
  const isAccel = delivery === 'accel'
  const rules: [boolean | undefined, string][] = [
    [
      databaseUrl !== undefined && !secretKey,
      'SECRET_KEY: is needed with DATABASE_URL, the same for every process. Make one: openssl rand -hex 32',
    ],
    [
      cdnUrl !== undefined && delivery !== 'redirect',
      `CDN_URL: is set, which redirects listeners there, but DELIVERY is ${delivery}: leave one of them out`,
    ],
    [cdnSecret !== undefined && !cdnUrl, 'CDN_SECRET: signs the addresses of a CDN: set CDN_URL too, or leave it out'],
    [
      isAccel && s3 !== undefined,
      'DELIVERY: is accel, which serves files from this machine’s disk: leave STORAGE_URL out, or take stream or redirect',
    ],
    [podpingToken !== undefined && !podpingUrl, 'PODPING_TOKEN: is for PODPING_URL: set that too, or leave it out'],
    [isAccel && !trustProxy, 'DELIVERY: is accel, which works behind nginx alone: set TRUST_PROXY=true with it'],
    [
      isAccel && countFrom === 'station',
      'COUNT_FROM: is station, but with DELIVERY=accel nginx alone knows what was sent: leave it out, or write log',
    ],
  ]
  return rules.flatMap(([isBroken, sentence]) => (isBroken ? [sentence] : []))
}

/** The text that `--help` prints. */
export function configHelp(): string {
  const rows = settings.map(({ name, fallback, secret, help }) => {
    const notes = [fallback && `default ${fallback}`, secret && `or ${name}_FILE`].filter(Boolean).join('; ')
    return `  ${name.padEnd(22)} ${help}${notes && ` (${notes})`}`
  })
  return `Longwave, the podcast host that you run yourself.

  npm start              build and start here
  node dist/src/main.js  start what is built
  --help                 this page

Settings come from the environment:
${rows.join('\n')}
`
}

function textOf(environment: Environment, { name, fallback, secret }: Setting): string | undefined {
  const file = secret ? environment[`${name}_FILE`] : undefined
  if (file) {
    try {
      return readFileSync(file, 'utf8').trim()
    } catch {
      throw new Error(`${name}_FILE names ${file}, which cannot be read`)
    }
  }
  return environment[name]?.trim() || fallback
}
