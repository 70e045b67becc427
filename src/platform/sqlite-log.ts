import { type FileHandle, open } from 'node:fs/promises'
import { unlessMissing } from './disk.ts'

export type LogSync = Readonly<{
  /** Fulfilled when all rows that the connection has committed are on the disk; at once where it changed none. */
  sync(): Promise<void>
  close(): Promise<void>
}>

/**
 * Brings the write-ahead log of a SQLite file to the disk without holding the thread that commits: SQLite's own `synchronous = FULL`
 * would, for as long as the disk takes. The order of the log is kept, so that a power cut takes only its end, which nobody was
 * told of yet (https://www.sqlite.org/pragma.html#pragma_synchronous, NORMAL in WAL mode). `countChanges` says how many rows the
 * connection has changed since it was opened.
 */
export function createLogSync(file: string, countChanges: () => number): LogSync {
  let synced = 0
  let log: FileHandle | undefined
  return {
    async sync() {
      const changes = countChanges()
      // Whoever asks for work four times a second writes nothing most of the time: the disk may sleep.
      if (changes === synced) return
      // Never twice at once: it belongs to one connection, whose statements follow each other. Missing: nothing was ever written.
      log ??= await unlessMissing(open(`${file}-wal`, 'r+'))
      await log?.datasync()
      synced = changes
    },
    async close() {
      await log?.close()
    },
  }
}
