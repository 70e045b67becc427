import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Windows are kept in fewer words. Those of before are dropped, and all is counted anew, as by other rules. */
export const keptWindows: Migration = {
  name: '0012-kept-windows',
  async up(db) {
    await sql`delete from listening`.execute(db)
    await sql`update counting set rules = ''`.execute(db)
  },
}
