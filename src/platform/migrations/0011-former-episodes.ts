import type { Migration } from './migration.ts'

/** Slugs that published episodes had before: their pages lead to the new ones. */
export const formerEpisodes: Migration = {
  name: '0011-former-episodes',
  async up({ schema }, { text, integer }) {
    await schema
      .createTable('former_episode_slug')
      .addColumn('show_id', text, (column) => column.notNull().references('show.id'))
      .addColumn('slug', text, (column) => column.notNull())
      .addColumn('episode_id', text, (column) => column.notNull().references('episode.id'))
      .addColumn('created_at', integer, (column) => column.notNull())
      .addPrimaryKeyConstraint('former_episode_slug_of_show', ['show_id', 'slug'])
      .execute()
  },
}
