import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { ColumnTypes, Migration } from './migration.ts'

/** All that a feed can say, its live items, its former addresses, and how the world is told of a change. */
export const feeds: Migration = {
  name: '0008-feeds',
  async up(db, types) {
    await addToCatalogue(db, types)
    await createLiveItems(db, types)
    await createAddresses(db, types)
    await createPushes(db, types)
  },
}

async function addToCatalogue(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  const { schema } = db
  for (const table of ['show', 'episode']) {
    await schema
      .alterTable(table)
      .addColumn('feed_tags', text, (column) => column.notNull().defaultTo('{}'))
      .execute()
  }
  for (const flag of ['guid_is_final', 'feed_redirects']) {
    await schema
      .alterTable('show')
      .addColumn(flag, integer, (column) => column.notNull().defaultTo(0))
      .execute()
  }
  // What was published before keeps the guid that it had: it may have been in a public feed.
  const published = sql`select show_id from episode where enclosure_file is not null`
  await sql`update show set guid_is_final = 1 where id in (${published})`.execute(db)
  await schema.alterTable('show').addColumn('new_feed_url', text).execute()
  await schema
    .alterTable('show')
    .addColumn('feed_page_size', integer, (column) => column.notNull().defaultTo(300))
    .execute()
  await schema.alterTable('episode').addColumn('announced_at', integer).execute()
  await announceWhatWas(db)
  await schema.alterTable('rendition').addColumn('sha384', text).execute()
  await schema
    .alterTable('feed_token')
    .addColumn('early_seconds', integer, (column) => column.notNull().defaultTo(0))
    .execute()
}

/** Whoever took an episode back, or publishes it again, announces nothing; what is still to come is to be announced. */
async function announceWhatWas(db: Kysely<unknown>): Promise<void> {
  await sql`
    update episode set announced_at = coalesce(publish_at, updated_at)
    where enclosure_file is not null and (publish_at is null or publish_at <= ${Date.now()})`.execute(db)
}

async function createLiveItems({ schema }: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await schema
    .createTable('live_item')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
    .addColumn('guid', text, (column) => column.notNull().unique())
    .addColumn('status', text, (column) => column.notNull())
    .addColumn('title', text, (column) => column.notNull())
    .addColumn('description', text, (column) => column.notNull())
    .addColumn('starts_at', integer, (column) => column.notNull())
    .addColumn('ends_at', integer)
    .addColumn('stream_url', text, (column) => column.notNull())
    .addColumn('stream_type', text, (column) => column.notNull())
    .addColumn('feed_tags', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('updated_at', integer, (column) => column.notNull())
    .addColumn('deleted_at', integer)
    .execute()
  await schema.createIndex('live_item_show').on('live_item').column('show_id').execute()
}

async function createAddresses({ schema }: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await schema
    .createTable('former_address')
    .addColumn('path', text, (column) => column.primaryKey().notNull())
    .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()
  await schema.createIndex('former_address_show').on('former_address').column('show_id').execute()
}

async function createPushes({ schema }: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await schema
    .createTable('push')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
    .addColumn('service', text, (column) => column.notNull())
    .addColumn('target', text, (column) => column.notNull())
    .addColumn('reason', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('attempts', integer, (column) => column.notNull())
    .addColumn('status', integer)
    .addColumn('message', text)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('tried_at', integer)
    .execute()
  await schema.createIndex('push_show').on('push').columns(['show_id', 'created_at']).execute()
}
