import type { Migration } from './migration.ts'

/** Private links, and what stands before the enclosures of a show's feed. */
export const ways: Migration = {
  name: '0007-ways',
  async up({ schema }, { text, integer }) {
    await schema.alterTable('show').addColumn('enclosure_prefix', text).execute()
    await schema
      .createTable('feed_token')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('hash', text, (column) => column.notNull().unique())
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('last_used_at', integer)
      .addColumn('revoked_at', integer)
      .execute()
    await schema.createIndex('feed_token_show').on('feed_token').column('show_id').execute()
  },
}
