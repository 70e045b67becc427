/** The tables of counting (analytics/): what it remembers, and what it has counted. Part of `Schema` (core/db). */
export type CountingTables = {
  /** How far counting has come: the one row `downloads`. */
  counting: {
    name: string
    /** One more with each write, so that of two who began at the same one the second is refused. */
    revision: number
    /** All hits up to it are counted. */
    position: number
    /** What listeners asked before is not kept in `listening` any more; epoch ms, the beginning of a day in UTC. */
    settledBefore: number
    /** Of the newest hit with a previous key, epoch ms. */
    linkedUntil: number
    /** Hits before it were deleted, and their days stay as they were counted; epoch ms. */
    forgottenBefore: number
    /** What stands for the rules that all was counted by. */
    rules: string
  }
  /** What one listener asked of one episode in the last days. */
  listening: {
    /** The episode's id, a space, and the listener (analytics/listener). */
    key: string
    /** Its windows, as analytics/roll-up/kept-windows writes them. */
    windows: string
    /** Of the newest hit in them: days since 1970 in UTC. */
    lastDay: number
  }
  /** Episodes whose downloads are to be counted anew from the log; `wish` tells one wish from a later one. */
  recount: { episodeId: string; wish: string }
  /** Counted downloads of an episode, by all that is known of them. */
  episodeDay: {
    episodeId: string
    /** `2026-11-26`, in the show's zone. */
    day: string
    app: string
    device: string
    /** ISO 3166-1 alpha-2, or `unknown`. */
    country: string
    /** `streaming` or `download`. */
    way: string
    /** `delivered` or `asked`. */
    certainty: string
    downloads: number
  }
  /** The same of a whole show, by one aspect at a time: `day` (its value is empty), `episode` (the id), `app`, `device` … */
  showDay: { showId: string; aspect: string; day: string; value: string; downloads: number }
  /** Of an episode, since ever. */
  episodeCurve: {
    episodeId: string
    downloads: number
    /** JSON list: downloads in each of the first 90 times 24 hours after publication. */
    firstDays: string
    /** JSON of `Fetched` (analytics/curve): who streamed, and who downloaded it. */
    streaming: string
    download: string
  }
}
