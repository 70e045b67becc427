import { type Kysely, sql } from 'kysely'
import type { ColumnTypes, Migration } from './migration.ts'

/** What counting remembers, and what it has counted; what each column means stands in core/db.ts. */
export const analytics: Migration = {
  name: '0006-analytics',
  async up(db, types) {
    await db.schema.alterTable('show').addColumn('time_zone', types.text).execute()
    await indexListeners(db)
    await createCountingTables(db, types)
    await createReportTables(db, types)
  },
}

/** All that a listener asked of an episode, in order; few hits have a previous key. */
async function indexListeners({ schema }: Kysely<unknown>): Promise<void> {
  await schema.createIndex('hit_listener').on('hit').columns(['episode_id', 'listener_key', 'at', 'position']).execute()
  await schema
    .createIndex('hit_previous')
    .on('hit')
    .columns(['episode_id', 'previous_key', 'at', 'position'])
    .where(sql.ref('previous_key'), 'is not', null)
    .execute()
}

async function createCountingTables(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  const { schema } = db
  await schema
    .createTable('counting')
    .addColumn('name', text, (column) => column.primaryKey().notNull())
    .addColumn('revision', integer, (column) => column.notNull())
    .addColumn('position', integer, (column) => column.notNull())
    .addColumn('settled_before', integer, (column) => column.notNull())
    .addColumn('linked_until', integer, (column) => column.notNull())
    .addColumn('forgotten_before', integer, (column) => column.notNull())
    .addColumn('rules', text, (column) => column.notNull())
    .execute()
  await sql`
    insert into counting (name, revision, position, settled_before, linked_until, forgotten_before, rules)
    values ('downloads', 0, 0, 0, 0, 0, '')`.execute(db)
  await schema
    .createTable('listening')
    .addColumn('key', text, (column) => column.primaryKey().notNull())
    .addColumn('windows', text, (column) => column.notNull())
    .addColumn('last_day', integer, (column) => column.notNull())
    .execute()
  await schema.createIndex('listening_last_day').on('listening').column('last_day').execute()
  await schema
    .createTable('recount')
    .addColumn('episode_id', text, (column) => column.primaryKey().notNull())
    .addColumn('wish', text, (column) => column.notNull())
    .execute()
}

async function createReportTables({ schema }: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await schema
    .createTable('episode_day')
    .addColumn('episode_id', text, (column) => column.notNull())
    .addColumn('day', text, (column) => column.notNull())
    .addColumn('app', text, (column) => column.notNull())
    .addColumn('device', text, (column) => column.notNull())
    .addColumn('country', text, (column) => column.notNull())
    .addColumn('way', text, (column) => column.notNull())
    .addColumn('certainty', text, (column) => column.notNull())
    .addColumn('downloads', integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('episode_day_pk', [
      ...(['episode_id', 'day', 'app', 'device', 'country', 'way', 'certainty'] as const),
    ])
    .execute()
  await schema
    .createTable('show_day')
    .addColumn('show_id', text, (column) => column.notNull())
    .addColumn('aspect', text, (column) => column.notNull())
    .addColumn('day', text, (column) => column.notNull())
    .addColumn('value', text, (column) => column.notNull())
    .addColumn('downloads', integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('show_day_pk', ['show_id', 'aspect', 'day', 'value'])
    .execute()
  await schema
    .createTable('episode_curve')
    .addColumn('episode_id', text, (column) => column.primaryKey().notNull())
    .addColumn('downloads', integer, (column) => column.notNull())
    .addColumn('first_days', text, (column) => column.notNull())
    .addColumn('streaming', text, (column) => column.notNull())
    .addColumn('download', text, (column) => column.notNull())
    .execute()
}
