import type { Migration } from './migration.ts'

/**
 * A feed has pages and variants, kept compressed. Those that were made before are dropped: each start of a worker has every
 * feed made again.
 */
export const feedDocuments: Migration = {
  name: '0009-feed-documents',
  async up({ schema }, { text, integer, blob }) {
    await schema.dropTable('feed_document').execute()
    await schema
      .createTable('feed_document')
      .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
      .addColumn('variant', text, (column) => column.notNull())
      .addColumn('page', integer, (column) => column.notNull())
      .addColumn('model_hash', text, (column) => column.notNull())
      .addColumn('items_hash', text, (column) => column.notNull())
      .addColumn('version', integer, (column) => column.notNull())
      .addColumn('modified_at', integer, (column) => column.notNull())
      .addColumn('retired_at', integer)
      .addColumn('gzip', blob, (column) => column.notNull())
      .addColumn('brotli', blob)
      .addPrimaryKeyConstraint('feed_document_page', ['show_id', 'variant', 'page'])
      .execute()
  },
}
