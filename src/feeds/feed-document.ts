import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { Db, Schema } from '../core/db.ts'
import { newestPage } from './pages.ts'
import { publicVariant } from './variants.ts'

export type FeedDocument = Selectable<Schema['feedDocument']>

/** Which of a show's documents. */
export type DocumentName = Pick<FeedDocument, 'showId' | 'variant' | 'page'>

/** All that is known of a document but its bytes. */
export type DocumentRow = Omit<FeedDocument, 'gzip' | 'brotli'>

export type StoredForm = 'gzip' | 'brotli'

const columns = [
  'showId',
  'variant',
  'page',
  'modelHash',
  'itemsHash',
  'version',
  'modifiedAt',
  'retiredAt',
] as const satisfies (keyof DocumentRow)[]

/** What a show's public feed answers with at its own address. */
export const newestOf = (showId: string): DocumentName => ({ showId, variant: publicVariant.name, page: newestPage })

/** One document, with its bytes in that form alone; undefined when it was not made, or was forgotten. */
export async function findFeedDocument(
  db: Db,
  { showId, variant, page }: DocumentName,
  form: StoredForm = 'gzip',
): Promise<(DocumentRow & { bytes: Buffer | null }) | undefined> {
  return db
    .selectFrom('feedDocument')
    .select([...columns, `${form} as bytes`])
    .where('showId', '=', showId)
    .where('variant', '=', variant)
    .where('page', '=', page)
    .executeTakeFirst()
}

/** Every page of a variant that is kept, by what its address says. */
export async function listDocumentRows(db: Db, showId: string, variant: string): Promise<Map<number, DocumentRow>> {
  const rows = await db
    .selectFrom('feedDocument')
    .select(columns)
    .where('showId', '=', showId)
    .where('variant', '=', variant)
    .execute()
  return new Map(rows.map((row) => [row.page, row]))
}

/** 128 bits of SHA-256, hex. */
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)
