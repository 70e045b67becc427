import type { DetailedError, Upload } from 'tus-js-client'
import { problemWords } from './problem.ts'
import { tus } from './tus.ts'

export type Sending = Readonly<{
  pause(): void
  resume(): void
  /** Stops, and removes what has arrived. */
  cancel(): Promise<void>
}>

/** `keepAudio`: its audio frames are to be published as they are. */
export type Recording = Readonly<{ file: File; episodeId: string; keepAudio: boolean }>

type Listener = Readonly<{
  onProgress(sent: number, total: number): void
  /** The line broke, and it is tried again. */
  onTrouble(): void
  /** Everything has arrived. */
  onSent(uploadId: string): void
  /** `canResume`: what has arrived is still there. */
  onFailed(words: string, canResume: boolean): void
}>

const endpoint = () => new URL('/api/uploads', location.href).href

/** Two minutes, counted from the last byte that arrived: a server that restarts is waited for. */
const retryDelays = [500, 1_000, 2_000, ...Array<number>(24).fill(5_000)]

/**
 * Sends a recording by tus 1.0. The same file chosen again for the same episode, with the same wish, goes on where it stopped:
 * after a reload or a crash too.
 */
export async function sendRecording(recording: Recording, listener: Listener): Promise<Sending> {
  const { file, episodeId, keepAudio } = recording
  const upload: Upload = new tus.Upload(file, {
    endpoint: endpoint(),
    metadata: { episodeId, filename: file.name, ...(keepAudio && { keepAudio: 'true' }) },
    fingerprint: async () => ['longwave', episodeId, file.name, file.size, file.lastModified, keepAudio].join('/'),
    retryDelays,
    removeFingerprintOnSuccess: true,
    onProgress: listener.onProgress,
    onShouldRetry(error) {
      const isTemporary = isWorthRetrying(statusOf(error))
      if (isTemporary) listener.onTrouble()
      return isTemporary
    },
    onSuccess: () => listener.onSent(uploadIdOf(upload)),
    onError(error) {
      const status = statusOf(error)
      listener.onFailed(wordsOf(error, status), status === 401 || isWorthRetrying(status))
    },
  })
  const [previous] = (await upload.findPreviousUploads()).sort((a, b) => (a.creationTime < b.creationTime ? 1 : -1))
  if (previous) upload.resumeFromPreviousUpload(previous)
  upload.start()
  return {
    pause: () => void upload.abort(),
    resume: () => upload.start(),
    cancel: () => upload.abort(true),
  }
}

const uploadIdOf = ({ url }: Upload) => (url ?? '').replace(/^.*\//, '')

/** 0: there was no answer. */
const statusOf = (error: Error) => (error as DetailedError).originalResponse?.getStatus() ?? 0

/** 409 and 423: another request still holds the upload (tus 1.0). */
const isWorthRetrying = (status: number) => status === 0 || status >= 500 || [409, 423, 429].includes(status)

function wordsOf(error: Error, status: number): string {
  const { originalRequest, originalResponse } = error as Partial<DetailedError>
  if (status > 0) return problemWords(status, originalResponse?.getBody() ?? '')
  if (originalRequest) return 'The connection broke. What has arrived is kept: resume when you are online again.'
  return 'This file cannot be read any more. Choose it again.'
}
