import type { Db } from '../core/db.ts'

/**
 * Chapters and a transcript that were given before there was audio belong to the first that comes: for the job that publishes
 * it, in its transaction.
 */
export async function adoptTexts(db: Db, episodeId: string, uploadId: string): Promise<void> {
  for (const table of ['chapterList', 'transcript'] as const) {
    await db
      .updateTable(table)
      .set({ uploadId })
      .where('episodeId', '=', episodeId)
      .where('uploadId', 'is', null)
      .execute()
  }
}
