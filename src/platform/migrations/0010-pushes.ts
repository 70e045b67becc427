import type { Migration } from './migration.ts'

/** What each feed said when the world was last told of it, or might have been. */
export const pushes: Migration = {
  name: '0010-pushes',
  async up({ schema }, { text }) {
    await schema
      .createTable('told_feed')
      .addColumn('show_id', text, (column) => column.primaryKey().notNull().references('show.id'))
      .addColumn('episodes', text, (column) => column.notNull())
      .addColumn('renderer', text, (column) => column.notNull())
      .addColumn('live', text, (column) => column.notNull())
      .execute()
    await schema.createIndex('push_created').on('push').column('created_at').execute()
  },
}
