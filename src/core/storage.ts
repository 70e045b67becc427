import type { Readable } from 'node:stream'

/** Both ends are byte offsets and inclusive, as in RFC 9110 §14.1.2. */
export type ByteRange = Readonly<{ start: number; end: number }>

export type StoredObject = Readonly<{
  key: string
  size: number
  /** Epoch milliseconds of the last put. */
  modifiedAt: number
}>

export type RedirectOptions = Readonly<{ seconds: number; filename?: string; method?: 'GET' | 'HEAD' }>

export type ReplacedHead = Readonly<{ head: Buffer; skip: number; type: string }>

/** What a `BlockReader` reads at once. */
export const blockBytes = 64 * 1024

/** An object on this machine, for who sends the same parts often. Release it. */
export type BlockReader = Readonly<{
  /**
   * That block, counted from 0: at once where it is in memory. The last one is shorter. The bytes are everybody's: they must not be
   * changed.
   */
  read(block: number): Buffer | Promise<Buffer>
  release(): void
}>

/**
 * Where finished bytes live: the home's disk or an S3 bucket.
 * Keys are opaque to the store, `/`-separated, never shared between owners, and hold the content's hash where it is known.
 * Absence is a value, never an error; bodies are streams.
 */
export type ObjectStorage = {
  /**
   * Stores the whole body or nothing: a reader sees the old object or the new one, and it is durable when this resolves
   * (disk: file and folder are synced). Rejects when the body fails or does not have `size` bytes, and then leaves nothing.
   */
  put(key: string, body: Readable, options: { type: string; size: number }): Promise<void>
  /** As `put`, with the bytes of a file here that nobody changes any more: a store on its file system need not copy them. */
  putFile(key: string, file: string, options: { type: string }): Promise<void>
  /**
   * Stores `to` as `head` and the bytes of `from` after its first `skip`, which must not be more than it has. Atomic and durable
   * as a put is; `from` stays as it was, unless it is `to`. The store copies by itself what it can: no whole object passes
   * through us where head and skip are equally long (disk) or the object is large (S3). Undefined when there is no `from`.
   */
  replaceHead(from: string, to: string, options: ReplacedHead): Promise<StoredObject | undefined>
  head(key: string): Promise<StoredObject | undefined>
  /** The object's bytes, or those of the range (which must lie inside it). The caller reads or destroys the stream. */
  open(key: string, range?: ByteRange): Promise<Readable | undefined>
  /**
   * The object by blocks: at once where it is open already; undefined when it is not there, or the store is not on this machine:
   * then `open` says more.
   */
  openBlocks(key: string): BlockReader | undefined | Promise<BlockReader | undefined>
  /** Deleting what is not there is fine. */
  delete(key: string): Promise<void>
  /** Everything below a prefix (a whole number of path segments, or '' for all), in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>
  /**
   * An address from which a client may fetch the object itself for at least `seconds`, saved under `filename` when that is
   * given; it is good for `method` alone, GET unless told. Undefined when the store has none: then the bytes are streamed
   * through us.
   */
  redirectUrl(key: string, options: RedirectOptions): Promise<string | undefined>
  /** Rejects with `unavailable` when the store cannot be reached or written to. */
  check(): Promise<void>
}
