/** One media request, as the log keeps it: no raw address of a listener anywhere. */
export type Hit = Readonly<{
  /** UUIDv7, made when the request is answered: what makes shipping the same hit twice harmless. */
  id: string
  /** Epoch milliseconds. */
  at: number
  episodeId: string
  /** The rendition whose bytes were served. */
  renditionId: string
  /** HMAC of the address (IPv4, or IPv6 /64); see delivery/listener-key. */
  listenerKey: string
  method: string
  /** HTTP status of the answer. */
  status: number
  /** The Range header as asked. */
  range?: string
  /** Body bytes passed on to the socket; what its buffers hold when a listener goes away is counted too. */
  bytesSent: number
  userAgent?: string
  referrer?: string
}>

/**
 * The append-only log of hits. `append` writes one line to this process's journal in the home: synchronous, some
 * microseconds, never throws, never waits for a database. A shipper moves journals into the database, at least once,
 * and a hit's id keeps it from counting twice.
 */
export type EventLog = {
  append(hit: Hit): void
  /** Hits after that position in the order of their arrival in the database, and the position to go on from. */
  read(after: number, limit: number): Promise<{ hits: Hit[]; position: number }>
  /** Deletes hits older than that instant (epoch ms). */
  forget(before: number): Promise<void>
  /** Ships what this process's journal still holds. */
  close(): Promise<void>
}
