import path from 'node:path'
import t, { type Test } from 'tap'
import type { Database } from '../../../src/platform/database.ts'
import { migrations } from '../../../src/platform/migrations/index.ts'
import { columnTypes } from '../../../src/platform/migrations/migration.ts'
import { openPostgres } from '../../../src/platform/postgres.ts'
import { openSqlite } from '../../../src/platform/sqlite.ts'
import { startPostgres } from '../../engines/postgres.ts'

const hourMs = 3_600_000
const now = Date.now()

/** Runs the steps from `first` (or the beginning) on, up to the one before `end`. */
async function run({ db, engine }: Database, { first = '', end = '~' }: { first?: string; end?: string }) {
  // Each step has a schema of its own.
  const any = db as unknown as Parameters<(typeof migrations)[number]['up']>[0]
  for (const { name, up } of migrations) if (name >= first && name < end) await up(any, columnTypes(engine))
}

const rows: [string, { publishAt: number | null; enclosureFile: string | null }, number | null][] = [
  ['published', { publishAt: now - hourMs, enclosureFile: 'a.mp3' }, now - hourMs],
  ['taken back', { publishAt: null, enclosureFile: 'b.mp3' }, now - 2 * hourMs],
  ['scheduled', { publishAt: now + hourMs, enclosureFile: 'c.mp3' }, null],
  ['a draft', { publishAt: null, enclosureFile: null }, null],
]

async function suite(t: Test, database: Database) {
  await run(database, { end: '0008' })
  const { db } = database
  await db.insertInto('show').values(show).execute()
  for (const [id, episode] of rows) {
    await db
      .insertInto('episode')
      .values({ ...draft, id, slug: id, guid: id, ...episode } as never)
      .execute()
  }
  await run(database, { first: '0008' })
  for (const [id, , announcedAt] of rows) {
    const episode = await db.selectFrom('episode').select('announcedAt').where('id', '=', id).executeTakeFirst()
    t.equal(episode?.announcedAt, announcedAt, id)
  }
}

t.test('what was published before announcements were kept is not announced once more, on SQLite', async (t) => {
  const database = openSqlite(path.join(t.testdir(), 'old.sqlite'))
  t.teardown(() => database.close())
  await suite(t, database)
})

t.test('nor on PostgreSQL', async (t) => {
  const engine = await startPostgres()
  const database = openPostgres(await engine.createDatabase(), () => {})
  t.teardown(async () => {
    await database.close()
    await engine.stop()
  })
  await suite(t, database)
})

/** As the tables were then. */
const show = {
  id: 'show',
  slug: 'show',
  guid: 'show',
  title: 'Long Waves',
  description: '',
  language: 'en',
  category: 'Technology',
  explicit: 0,
  author: '',
  ownerEmail: '',
  type: 'episodic',
  stereoKbps: 128,
  monoKbps: 96,
  createdAt: now,
  updatedAt: now,
} as never

const draft = {
  showId: 'show',
  title: 'An episode',
  notes: '',
  notesHtml: '',
  summary: '',
  type: 'full',
  createdAt: now - 3 * hourMs,
  updatedAt: now - 2 * hourMs,
}
