/** How much time and memory one connection may take. Real listeners and podcasters stay far below; tests make it short. */
export type WebLimits = Readonly<{
  /** For a whole head to come, from the connection's first moment or the request's first byte. Else 408. */
  headMs: number
  /** Of all header lines together. More of them: 431. */
  headBytes: number
  /** For a body that is read into memory to come. Else 408. */
  bodyMs: number
  /** That many bytes of it give it another second. */
  bodyBytesPerSecond: number
  /**
   * Without a byte that comes or goes, while a request comes or its answer goes. Recordings that are uploaded have no other limit, nor
   * have downloads.
   */
  silenceMs: number
  /** Between an answer and the next request. */
  idleMs: number
  /** Requests that wait on one connection until those before them are answered. */
  waitingRequests: number
}>

/**
 * Heads and bodies as Apache has them (mod_reqtimeout). Five minutes of silence, because it is what happens between two reads of a
 * player that has enough: at 32 kb/s, what browser and kernel keep lasts for minutes. Who pauses for longer is cut off and asks for
 * the rest by range.
 */
export const webLimits: WebLimits = {
  headMs: 20_000,
  headBytes: 16 * 1024,
  bodyMs: 20_000,
  bodyBytesPerSecond: 500,
  silenceMs: 5 * 60_000,
  // Longer than proxies keep a connection that nobody uses: nginx a minute.
  idleMs: 72_000,
  waitingRequests: 16,
}
