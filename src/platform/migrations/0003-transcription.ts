import type { Migration } from './migration.ts'

/** What became of the wish to transcribe an episode. */
export const transcription: Migration = {
  name: '0003-transcription',
  async up({ schema }, { text, integer, real }) {
    await schema
      .createTable('transcription')
      .addColumn('id', text, (column) => column.primaryKey().notNull())
      .addColumn('episode_id', text, (column) => column.notNull().unique().references('episode.id'))
      .addColumn('upload_id', text, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('progress', real)
      .addColumn('reason', text)
      .addColumn('created_at', integer, (column) => column.notNull())
      .addColumn('updated_at', integer, (column) => column.notNull())
      .execute()
  },
}
