import type { Kysely } from 'kysely'
import type { ColumnTypes, Migration } from './migration.ts'

/** The tables of one episode's life; what each column means stands in core/db.ts. */
export const first: Migration = {
  name: '0001-first',
  async up(db, types) {
    await createPlatformTables(db, types)
    await createAccountTables(db, types)
    await createCatalogueTables(db, types)
  },
}

async function createPlatformTables(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  const { schema } = db
  await schema
    .createTable('counter')
    .addColumn('name', text, (column) => column.primaryKey().notNull())
    .addColumn('value', integer, (column) => column.notNull())
    .execute()
  await schema
    .createTable('change')
    .addColumn('key', text, (column) => column.primaryKey().notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .execute()
  await schema.createIndex('change_version').on('change').column('version').execute()

  await schema
    .createTable('job')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('lane', text, (column) => column.notNull())
    .addColumn('key', text)
    .addColumn('payload', text, (column) => column.notNull())
    .addColumn('run_at', integer, (column) => column.notNull())
    .addColumn('attempt', integer, (column) => column.notNull())
    .addColumn('troubled_since', integer)
    .addColumn('lease_token', text)
    .addColumn('leased_until', integer)
    .addColumn('failed_at', integer)
    .addColumn('reason', text)
    .execute()
  await schema.createIndex('job_waiting_key').unique().on('job').columns(['name', 'key']).execute()
  await schema.createIndex('job_due').on('job').columns(['lane', 'run_at', 'id']).execute()

  await schema
    .createTable('lease')
    .addColumn('name', text, (column) => column.primaryKey().notNull())
    .addColumn('token', text, (column) => column.notNull())
    .addColumn('leased_until', integer, (column) => column.notNull())
    .addColumn('release_asked', integer, (column) => column.notNull())
    .execute()

  await schema
    .createTable('hit')
    .addColumn('position', integer, (column) => column.primaryKey().notNull())
    .addColumn('id', text, (column) => column.notNull().unique())
    .addColumn('at', integer, (column) => column.notNull())
    .addColumn('episode_id', text, (column) => column.notNull())
    .addColumn('rendition_id', text, (column) => column.notNull())
    .addColumn('listener_key', text, (column) => column.notNull())
    .addColumn('method', text, (column) => column.notNull())
    .addColumn('status', integer, (column) => column.notNull())
    .addColumn('range', text)
    .addColumn('bytes_sent', integer, (column) => column.notNull())
    .addColumn('user_agent', text)
    .addColumn('referrer', text)
    .execute()
  await schema.createIndex('hit_at').on('hit').column('at').execute()
}

async function createAccountTables(db: Kysely<unknown>, { text, integer }: ColumnTypes): Promise<void> {
  await db.schema
    .createTable('api_token')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('hash', text, (column) => column.notNull().unique())
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()
  await db.schema
    .createTable('session')
    .addColumn('hash', text, (column) => column.primaryKey().notNull())
    .addColumn('api_token_id', text, (column) => column.notNull().references('api_token.id').onDelete('cascade'))
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('expires_at', integer, (column) => column.notNull())
    .execute()
}

async function createCatalogueTables(db: Kysely<unknown>, { text, integer, real }: ColumnTypes): Promise<void> {
  const { schema } = db
  await schema
    .createTable('show')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('slug', text, (column) => column.notNull().unique())
    .addColumn('guid', text, (column) => column.notNull().unique())
    .addColumn('title', text, (column) => column.notNull())
    .addColumn('description', text, (column) => column.notNull())
    .addColumn('language', text, (column) => column.notNull())
    .addColumn('category', text, (column) => column.notNull())
    .addColumn('explicit', integer, (column) => column.notNull())
    .addColumn('author', text, (column) => column.notNull())
    .addColumn('owner_email', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('copyright', text)
    .addColumn('stereo_kbps', integer, (column) => column.notNull())
    .addColumn('mono_kbps', integer, (column) => column.notNull())
    .addColumn('artwork_id', text)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('updated_at', integer, (column) => column.notNull())
    .addColumn('deleted_at', integer)
    .execute()

  await schema
    .createTable('episode')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
    .addColumn('slug', text, (column) => column.notNull())
    .addColumn('guid', text, (column) => column.notNull().unique())
    .addColumn('title', text)
    .addColumn('notes', text, (column) => column.notNull())
    .addColumn('notes_html', text, (column) => column.notNull())
    .addColumn('summary', text, (column) => column.notNull())
    .addColumn('season', integer)
    .addColumn('number', integer)
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('explicit', integer)
    .addColumn('artwork_id', text)
    .addColumn('rendition_id', text)
    .addColumn('upload_id', text)
    .addColumn('publish_at', integer)
    .addColumn('enclosure_file', text)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('updated_at', integer, (column) => column.notNull())
    .addColumn('deleted_at', integer)
    .execute()
  await schema.createIndex('episode_slug').unique().on('episode').columns(['show_id', 'slug']).execute()
  await schema.createIndex('episode_publish_at').on('episode').columns(['show_id', 'publish_at']).execute()

  await schema
    .createTable('upload')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('episode_id', text, (column) => column.notNull().references('episode.id'))
    .addColumn('filename', text, (column) => column.notNull())
    .addColumn('bytes', integer, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('progress', real, (column) => column.notNull())
    .addColumn('reason', text)
    .addColumn('warnings', text, (column) => column.notNull())
    .addColumn('original_key', text)
    .addColumn('created_at', integer, (column) => column.notNull())
    .addColumn('updated_at', integer, (column) => column.notNull())
    .execute()
  await schema.createIndex('upload_original_key').on('upload').column('original_key').execute()
  await schema.createIndex('upload_episode').on('upload').columns(['episode_id', 'id']).execute()

  await schema
    .createTable('rendition')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('episode_id', text, (column) => column.notNull().references('episode.id'))
    .addColumn('upload_id', text, (column) => column.notNull().unique())
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('bytes', integer, (column) => column.notNull())
    .addColumn('header_bytes', integer, (column) => column.notNull())
    .addColumn('bitrate_kbps', integer, (column) => column.notNull())
    .addColumn('channels', integer, (column) => column.notNull())
    .addColumn('sample_rate_hz', integer, (column) => column.notNull())
    .addColumn('duration_seconds', real, (column) => column.notNull())
    .addColumn('sha256', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()
  await schema.createIndex('rendition_key').on('rendition').column('key').execute()
  await schema.createIndex('rendition_episode').on('rendition').columns(['episode_id', 'id']).execute()

  await schema
    .createTable('artwork')
    .addColumn('id', text, (column) => column.primaryKey().notNull())
    .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
    .addColumn('key', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('size', integer, (column) => column.notNull())
    .addColumn('bytes', integer, (column) => column.notNull())
    .addColumn('sha256', text, (column) => column.notNull())
    .addColumn('created_at', integer, (column) => column.notNull())
    .execute()
  await schema.createIndex('artwork_key').on('artwork').column('key').execute()

  await schema
    .createTable('orphan')
    .addColumn('key', text, (column) => column.primaryKey().notNull())
    .addColumn('first_seen_at', integer, (column) => column.notNull())
    .execute()

  await schema
    .createTable('feed_document')
    .addColumn('show_id', text, (column) => column.primaryKey().notNull().references('show.id'))
    .addColumn('xml', text, (column) => column.notNull())
    .addColumn('model_hash', text, (column) => column.notNull())
    .addColumn('version', integer, (column) => column.notNull())
    .addColumn('modified_at', integer, (column) => column.notNull())
    .execute()
}
