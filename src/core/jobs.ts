import type { Db } from './db.ts'

/** Every job of the product and what it is told. A job without a handler in `worker.ts` does not compile. */
export type JobPayloads = {
  /** An upload's bytes -> published audio (uploads/process-upload). */
  'process-upload': { uploadId: string }
  /** The loudness of a finished file (uploads/measure-rendition). */
  'measure-rendition': { renditionId: string }
  /** The recording itself, put beside what was made of it (uploads/keep-original). */
  'keep-original': { uploadId: string }
  /** The served audio of an episode, as AAC beside it (uploads/add-aac). */
  'add-aac': { episodeId: string }
  /** The same for every episode of a show (shows/aac). */
  'add-aac-to-show': { showId: string }
  /** The served audio of an episode -> its transcript (uploads/transcribe-episode). */
  'transcribe-episode': { transcriptionId: string }
  /** A show's feed document, made again (feeds/publish-feed). */
  'publish-feed': { showId: string }
  /** What tells somebody of a change of a feed, sent (feeds/push/send-push). */
  push: { pushId: string }
  /** The edits of a feed until that instant (epoch ms), told (feeds/push/tell-edit). */
  'tell-edit': { showId: string; editedAt: number }
  /** The tags of an episode's served audio, made anew (uploads/retag-episode). */
  'retag-episode': { episodeId: string }
  /** The same for every episode of a show (shows/retagging). */
  'retag-show': { showId: string }
  /** An older picture in every size that is served (uploads/render-old-artwork). */
  'render-artwork': { artworkId: string }
  /** New hits -> the numbers of reports (analytics/roll-up). */
  'roll-up': Record<string, never>
  /** Downloads, counted anew from the log (analytics/recount). */
  'recount-show': { showId: string }
  'recount-episode': { episodeId: string }
  /** Incoming uploads that nobody finished, or that a crash left behind (uploads/sweep-incoming). */
  'sweep-incoming': Record<string, never>
  /** Stored objects that no row names (uploads/sweep-storage). */
  'sweep-storage': Record<string, never>
  /** What was told of feeds long ago (feeds/push/push). */
  'sweep-pushes': Record<string, never>
  /** Jobs that were given up long ago (worker.ts). */
  'sweep-jobs': Record<string, never>
}

export type JobName = keyof JobPayloads

/**
 * `heavy` is what keeps cores busy, `light` is what somebody waits for, so that a publish never waits for an encode;
 * `background` is what nobody waits for and may take a while; `slow` is what may take hours, so that neither encodes nor
 * the housekeeping ever wait for it; `outgoing` is what waits for servers of others, which nobody here shall do with it.
 */
export type Lane = 'heavy' | 'light' | 'background' | 'slow' | 'outgoing'

const lanes: Partial<Record<JobName, Lane>> = {
  'process-upload': 'heavy',
  'publish-feed': 'light',
  'roll-up': 'light',
  push: 'outgoing',
  'transcribe-episode': 'slow',
  'add-aac': 'slow',
}

export const laneOf = (name: JobName): Lane => lanes[name] ?? 'background'

export type ClaimedJob<Name extends JobName = JobName> = Readonly<{
  id: string
  name: Name
  payload: JobPayloads[Name]
  /** 1 on the first try. A try that ended in a crash counts; one that ended in `release` does not. */
  attempt: number
  /** Since when (epoch ms) trouble that is not its own has held it up; undefined: nothing has. */
  troubledSince: number | undefined
  leaseToken: string
}>

/** What a handler is given beside its payload. */
export type JobRun = Readonly<{
  /** Aborts when the lease is lost or the process ends: stop, and commit nothing more. */
  signal: AbortSignal
  /** Ends the job together with its result, inside the transaction that holds it. Else it ends when the handler returns. */
  complete(db: Db): Promise<void>
}>

/** What holds a job up that is not its own fault: since when, and when to try again (epoch ms). */
export type Trouble = Readonly<{ reason: string; since: number; retryAt: number }>

/** The lease went to another worker, or the job is gone: what this one did must not be committed. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
}

/** A durable queue. Times are the database's, so that workers on several machines agree. */
export type JobQueue = {
  /**
   * Durable when it resolves, or when `db`'s transaction commits: it is the outbox too.
   * At most one *waiting* job per (name, key): a second enqueue keeps the earlier `runAt` (epoch ms; absent: now) and the newer payload.
   */
  enqueue<Name extends JobName>(
    name: Name,
    payload: JobPayloads[Name],
    options?: { db?: Db; key?: string; runAt?: number },
  ): Promise<void>
  /**
   * The next due job of the lane among these names, leased for `leaseSeconds`; undefined when there is none.
   * A job whose lease ran out is due again. Its key is cleared: a new one with that key may wait while this one runs.
   */
  claim(lane: Lane, names: readonly JobName[], options: { leaseSeconds: number }): Promise<ClaimedJob | undefined>
  /** Moves the lease's end to `leaseSeconds` from now. Throws `LeaseLost`. */
  renew(job: ClaimedJob, options: { leaseSeconds: number }): Promise<void>
  /** Ends the job; with `db`, together with its result. Throws `LeaseLost`, so that the transaction rolls back. */
  complete(job: ClaimedJob, options?: { db?: Db }): Promise<void>
  /** Puts the job back, due at `retryAt` (epoch ms), or ends it for good, kept with its reason. Throws `LeaseLost`. */
  fail(job: ClaimedJob, reason: string, options?: { retryAt?: number }): Promise<void>
  /** Puts the job back as if it had not been tried, due at once or when its trouble says. Throws `LeaseLost`. */
  release(job: ClaimedJob, trouble?: Trouble): Promise<void>
  /** Deletes the jobs that ended for good before that instant (epoch ms). */
  forgetFailed(before: number): Promise<void>
}
