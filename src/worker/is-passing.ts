import { sql } from 'kysely'
import type { App } from '../core/app.ts'
import { AppError } from '../core/errors.ts'

/**
 * Codes of a lost network, of a full disk, and of a database that is away: PostgreSQL's classes 08 (connection), 53
 * (resources) and 57P (shutting down), SQLite on a disk that is full, shared or broken.
 */
const passingCodes =
  /^(ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ENOSPC|EDQUOT|08|53|57P|SQLITE_(FULL|BUSY|IOERR))/

/**
 * Whether what went wrong is the surroundings' fault and will pass: whoever waits may succeed. A lost connection to the
 * database often has no code, so the database is asked.
 */
export async function isPassing(app: Pick<App, 'db'>, error: unknown): Promise<boolean> {
  if (error instanceof AppError) return error.code === 'unavailable'
  if (passingCodes.test(String((error as { code?: unknown } | undefined)?.code))) return true
  return !(await databaseAnswers(app))
}

const databaseAnswers = ({ db }: Pick<App, 'db'>): Promise<boolean> =>
  sql`select 1`.execute(db).then(
    () => true,
    () => false,
  )
