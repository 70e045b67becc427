import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** What a hit says beside its bytes. */
export const delivery: Migration = {
  name: '0005-delivery',
  async up({ schema }, { text }) {
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
  },
}
