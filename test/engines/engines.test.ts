import { readdir, readFile } from 'node:fs/promises'
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3'
import pg from 'pg'
import t from 'tap'
import { createS3Client } from '../../src/platform/s3-client.ts'
import { startPostgres } from './postgres.ts'
import { demandS3 } from './s3.ts'

// The engines themselves, whatever the runner has started for all tests.
delete process.env.TEST_DATABASE_URL
delete process.env.TEST_S3_URL

t.test('PostgreSQL starts, makes databases that know nothing of each other, and leaves no process', async (t) => {
  const before = await commands('postgres')
  const engine = await startPostgres()
  const [one, two] = [await engine.createDatabase(), await engine.createDatabase()]
  t.not(one, two)
  t.same(await query(one, "create table note as select 'first' as text; select text from note"), [{ text: 'first' }])
  await t.rejects(query(two, 'select text from note'), { code: '42P01' })
  t.same(await query(engine.url, 'show max_connections'), [{ max_connections: '200' }])

  await engine.stop()
  await t.rejects(query(one, 'select 1'), { code: 'ECONNREFUSED' })
  t.same(newOnes(before, await commands('longwave-postgres-')), [])
})

t.test('a second PostgreSQL, given by its URL, gets databases and loses them again', async (t) => {
  const server = await startPostgres()
  process.env.TEST_DATABASE_URL = server.url
  t.teardown(async () => {
    delete process.env.TEST_DATABASE_URL
    await server.stop()
  })
  const given = await startPostgres()
  const database = await given.createDatabase()
  t.same(await query(database, 'select 1 as one'), [{ one: 1 }])
  await given.stop()
  await t.rejects(query(database, 'select 1'), { code: '3D000' }, 'the database is gone')
  t.same(await query(server.url, 'select 1 as one'), [{ one: 1 }], 'the server is not')
})

t.test('S3 starts, keeps an object below its prefix, and leaves no process', async (t) => {
  const before = await commands('ceph.conf')
  const engine = await demandS3(t)
  if (!engine) return
  const location = engine.location('some/where')
  t.equal(location.prefix, 'some/where/')
  const client = createS3Client(location)
  await client.send(new PutObjectCommand({ Bucket: location.bucket, Key: `${location.prefix}note`, Body: 'kept' }))
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: location.bucket }))
  t.match(Contents, [{ Key: 'some/where/note', Size: 4 }])
  t.ok(newOnes(before, await commands('ceph.conf')).length >= 3, 'monitor, OSD and gateway run')

  await engine.stop()
  await t.rejects(fetch(String(location.endpoint)))
  t.same(newOnes(before, await commands('ceph.conf')), [])
})

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const result: pg.QueryResult | pg.QueryResult[] = await client.query(statement)
    return [result].flat().at(-1)?.rows ?? []
  } finally {
    await client.end()
  }
}

/** The running programs whose command line has that text, as `pid command line`. */
async function commands(text: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(
    pids.map(async (pid) => `${pid} ${await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')}`),
  )
  return lines.filter((line) => line.includes(text))
}

const newOnes = (before: string[], after: string[]) => after.filter((line) => !before.includes(line))
