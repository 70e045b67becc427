import type { Migration } from './migration.ts'

/** AAC beside the MP3: what a show asks for, and which renditions stand beside another. */
export const aac: Migration = {
  name: '0004-aac',
  async up({ schema }, { text, integer }) {
    await schema.alterTable('show').addColumn('aac_kbps', integer).execute()
    await schema.alterTable('rendition').addColumn('alternate_of', text).execute()
    await schema.createIndex('rendition_alternate').on('rendition').column('alternate_of').execute()
  },
}
