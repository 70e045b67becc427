import { type FileHandle, open } from 'node:fs/promises'
import { unlessMissing } from './disk.ts'

export type LogSync = Readonly<{
  /** Fulfilled when all that this process has committed is on the disk. */
  sync(): Promise<void>
  close(): Promise<void>
}>

/**
 * Brings the write-ahead log of a SQLite file to the disk without holding the thread that commits: SQLite's own `synchronous = FULL`
 * would, for as long as the disk takes. The order of the log is kept, so that a power cut takes only its end, which nobody was
 * told of yet (https://www.sqlite.org/pragma.html#pragma_synchronous, NORMAL in WAL mode).
 */
export function createLogSync(file: string): LogSync {
  let log: FileHandle | undefined
  return {
    async sync() {
      // Never twice at once: it belongs to one connection, whose statements follow each other. Missing: nothing was ever written.
      log ??= await unlessMissing(open(`${file}-wal`, 'r+'))
      await log?.datasync()
    },
    async close() {
      await log?.close()
    },
  }
}
