import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What a hit says beside its bytes, private links, and how a show is counted. */
export const delivery: Migration = {
  name: '0005-delivery',
  async up({ schema }, { text, integer }) {
    for (const column of ['previous_key', 'country', 'feed_token_id']) {
      await schema.alterTable('hit').addColumn(column, text).execute()
    }
    await schema
      .alterTable('hit')
      .addColumn('door', text, (column) => column.notNull().defaultTo(sql.lit('audio')))
      .execute()
    await schema
      .alterTable('hit')
      .addColumn('source', text, (column) => column.notNull().defaultTo(sql.lit('station')))
      .execute()
    await schema.alterTable('show').addColumn('time_zone', text).execute()
    await schema.alterTable('show').addColumn('enclosure_prefix', text).execute()
    await schema
      .createTable('feed_token')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('hash', text, (column) => column.notNull().unique())
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('revoked_at', integer)
      .addColumn('last_used_at', integer)
      .execute()
    await schema.createIndex('feed_token_show').on('feed_token').column('show_id').execute()
  },
}
