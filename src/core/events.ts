/**
 * By which address the audio was asked for (core/addresses.ts): `private` is /audio/p/, and the link to our own bytes that it leads to,
 * /media/p/. At `media` a CDN asks too.
 */
export type Door = 'audio' | 'download' | 'media' | 'private'

/** Who saw the request: this station, or the log of what stands in front of it (nginx, a CDN, an S3 store). */
export type HitSource = 'station' | 'log'

/** One media request, as the log keeps it: no raw address of a listener anywhere. */
export type Hit = Readonly<{
  /** UUIDv7, or `hitIdOf` the request id of a reverse proxy: what makes shipping or ingesting the same hit twice harmless. */
  id: string
  /** Epoch milliseconds. */
  at: number
  episodeId: string
  /** The rendition whose bytes were served. */
  renditionId: string
  /** HMAC of the address (IPv4, or IPv6 /64); see delivery/listener-keys. */
  listenerKey: string
  /** For a day after the key of that HMAC has changed: what the one before gives, so that windows do not break. */
  previousKey?: string
  /** ISO 3166-1 alpha-2, by the address; absent: unknown. */
  country?: string
  /** Of a private link: the id of its token, never the token. */
  feedTokenId?: string
  door: Door
  source: HitSource
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

/** A hit in the database: positions are given in the order of arrival. */
export type LoggedHit = Hit & Readonly<{ position: number }>

/**
 * The append-only log of hits: a journal of this process in the home, which a shipper moves into the database, at least once; a
 * hit's id keeps it from counting twice.
 */
export type EventLog = {
  /**
   * Resolves when the hit is in the journal: at the end of this turn of the event loop, with all others of the turn in one write.
   * Never rejects, never waits for a database.
   */
  append(hit: Hit): Promise<void>
  /**
   * Puts hits that another log tells of into the database, durable there when it resolves; those whose id is there already are
   * passed over. Returns how many were new.
   */
  appendAll(hits: readonly Hit[]): Promise<number>
  /** Hits after that position in the order of their arrival in the database, and the position to go on from. */
  read(after: number, limit: number): Promise<{ hits: Hit[]; position: number }>
  /**
   * Those hits of an episode whose key, or the one before it, is among these, from that instant (epoch ms) on and up to that
   * position, in the order of their instants.
   */
  readListeners(
    episodeId: string,
    keys: readonly string[],
    options: Readonly<{ from?: number; upTo: number }>,
  ): Promise<LoggedHit[]>
  /** The next keys, in their order, of who asked for an episode. */
  listListenerKeys(episodeId: string, options: Readonly<{ after: string; limit: number }>): Promise<string[]>
  /** Deletes hits older than that instant (epoch ms), but for those after that position, which nobody has counted yet. */
  forget(before: number, upTo: number): Promise<void>
  /** Ships what this process's journal still holds. */
  close(): Promise<void>
}
