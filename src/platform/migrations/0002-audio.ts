import { type Kysely, sql } from 'kysely'
import type { ColumnTypes, Migration } from './migration.ts'

/** Loudness, renditions that are kept, chapters, transcripts, waveforms, and artwork in several sizes. */
export const audio: Migration = {
  name: '0002-audio',
  async up(db, types) {
    await addLoudness(db, types)
    await renewRenditions(db, types)
    await createTextTables(db, types)
    await createPictureTables(db, types)
  },
}

async function addLoudness({ schema }: Kysely<unknown>, { integer, real }: ColumnTypes): Promise<void> {
  await schema
    .alterTable('show')
    .addColumn('stereo_lufs', real, (column) => column.defaultTo(-16))
    .execute()
  await schema
    .alterTable('show')
    .addColumn('mono_lufs', real, (column) => column.defaultTo(-19))
    .execute()
  await schema
    .alterTable('upload')
    .addColumn('keep_audio', integer, (column) => column.notNull().defaultTo(0))
    .execute()
}

/** An upload may have several renditions now: the same audio under other tags. SQLite cannot drop a unique column's rule. */
async function renewRenditions(db: Kysely<unknown>, { text, integer, real }: ColumnTypes): Promise<void> {
  const { schema } = db
  await schema.dropIndex('rendition_key').execute()
  await schema.dropIndex('rendition_episode').execute()
  await schema.alterTable('rendition').renameTo('rendition_before').execute()
  await schema
    .createTable('rendition')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('episode_id', text, (column) => column.notNull().references('episode.id'))
    .addColumn('upload_id', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('bytes', integer, (column) => column.notNull())
    .addColumn('header_bytes', integer, (column) => column.notNull())
    .addColumn('bitrate_kbps', integer, (column) => column.notNull())
    .addColumn('channels', integer, (column) => column.notNull())
    .addColumn('sample_rate_hz', integer, (column) => column.notNull())
    .addColumn('duration_seconds', real, (column) => column.notNull())
    .addColumn('sha256', text, (column) => column.notNull())
    .addColumn('is_kept', integer, (column) => column.notNull())
    .addColumn('source_lufs', real)
    .addColumn('source_peak_dbtp', real)
    .addColumn('target_lufs', real)
    .addColumn('gain_db', real, (column) => column.notNull())
    .addColumn('limited_db', real, (column) => column.notNull())
    .addColumn('shortfall_lu', real, (column) => column.notNull())
    .addColumn('lufs', real)
    .addColumn('peak_dbtp', real)
    .addColumn('measured_at', integer)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('retired_at', integer)
    .addColumn('removed_at', integer)
    .execute()
  await sql`
    insert into rendition (
      id, episode_id, upload_id, key, type, bytes, header_bytes, bitrate_kbps, channels, sample_rate_hz, duration_seconds,
      sha256, is_kept, gain_db, limited_db, shortfall_lu, created_at)
    select
      id, episode_id, upload_id, key, type, bytes, header_bytes, bitrate_kbps, channels, sample_rate_hz, duration_seconds,
      sha256, 0, 0, 0, 0, created_at
    from rendition_before`.execute(db)
  await schema.dropTable('rendition_before').execute()
  await schema.createIndex('rendition_key').on('rendition').column('key').execute()
  await schema.createIndex('rendition_episode').on('rendition').columns(['episode_id', 'id']).execute()
  await schema.createIndex('rendition_retired').on('rendition').column('retired_at').execute()
}

async function createTextTables({ schema }: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await schema
    .createTable('chapter_list')
    .addColumn('episode_id', text, (column) => column.primaryKey().notNull().references('episode.id'))
    .addColumn('chapters', text, (column) => column.notNull())
    .addColumn('origin', text, (column) => column.notNull())
    .addColumn('upload_id', text)
    .addColumn('updated_at', integer, (column) => column.notNull())
    .execute()
  await schema
    .createTable('transcript')
    .addColumn('episode_id', text, (column) => column.primaryKey().notNull().references('episode.id'))
    .addColumn('segments', text, (column) => column.notNull())
    .addColumn('language', text, (column) => column.notNull())
    .addColumn('origin', text, (column) => column.notNull())
    .addColumn('upload_id', text)
    .addColumn('updated_at', integer, (column) => column.notNull())
    .execute()
  await schema
    .createTable('waveform')
    .addColumn('upload_id', text, (column) => column.primaryKey().notNull().references('upload.id'))
    .addColumn('peaks', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()
}

async function createPictureTables({ schema }: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await schema
    .createTable('artwork_file')
    .addColumn('artwork_id', text, (column) => column.notNull().references('artwork.id'))
    .addColumn('size', integer, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('bytes', integer, (column) => column.notNull())
    .addColumn('sha256', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('artwork_file_pk', ['artwork_id', 'size', 'type'])
    .execute()
  await schema.createIndex('artwork_file_key').on('artwork_file').column('key').execute()
  await schema
    .createTable('chapter_image')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('episode_id', text, (column) => column.notNull().references('episode.id'))
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('bytes', integer, (column) => column.notNull())
    .addColumn('sha256', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()
  await schema.createIndex('chapter_image_key').on('chapter_image').column('key').execute()
  await schema.createIndex('chapter_image_episode').on('chapter_image').column('episode_id').execute()
}
