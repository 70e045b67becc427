import type { DataStore, Locker } from '@tus/server'

/**
 * Where bytes wait while they arrive and until a job has turned them into audio: tus's store, with an id for each upload.
 * Both doors (tus and plain PUT) write here, so there is one life of an upload.
 */
export type Incoming = {
  store: DataStore
  /** One writer at a time for an upload, over all web processes. */
  locker: Locker
  /** The store's own name of an upload: its id, or below a prefix in a bucket. */
  storeId(uploadId: string): string
  /** Makes what has arrived durable; called once, before the upload is answered with success. */
  settle(uploadId: string): Promise<void>
  /** The first `length` bytes, fewer if there are fewer. */
  peek(uploadId: string, length: number): Promise<Buffer>
  /** Puts the whole upload at `path` on this machine: a hard link, or a download. False when the upload is not there. */
  checkOut(uploadId: string, path: string): Promise<boolean>
  /** Removing what is not there is fine. */
  remove(uploadId: string): Promise<void>
  /** Ids of the uploads that are there, whole or not, with the time of their first byte (epoch ms). */
  list(): AsyncIterable<{ uploadId: string; createdAt: number }>
}
