import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { Upload } from 'tus-js-client'
import { ownerToken } from './program.ts'

export type Sending = Readonly<{
  /** The upload's address, once it is known. */
  url(): string | null
  sentBytes(): number
  done: Promise<void>
}>

/**
 * Sends a file with the real tus client, which tries again by itself for as long as it takes a server to come back.
 * `endpoint` is a station's address; `url` resumes an upload, at another process too.
 */
export async function sendByTus(
  endpoint: string,
  episodeId: string,
  file: string,
  { chunkSize = 2 * 1024 * 1024, url }: { chunkSize?: number; url?: string } = {},
): Promise<Sending> {
  const { size } = await stat(file)
  let sentBytes = 0
  let upload: Upload | undefined
  const done = new Promise<void>((resolve, reject) => {
    upload = new Upload(createReadStream(file), {
      endpoint: `${endpoint}/api/uploads`,
      uploadUrl: url,
      uploadSize: size,
      chunkSize,
      retryDelays: Array.from({ length: 40 }, () => 500),
      headers: { authorization: `Bearer ${ownerToken}` },
      metadata: { episodeId, filename: path.basename(file) },
      onProgress: (bytes) => {
        sentBytes = bytes
      },
      onSuccess: () => resolve(),
      onError: reject,
    })
    upload.start()
  })
  return { url: () => upload?.url ?? null, sentBytes: () => sentBytes, done }
}

/** The id at the end of an upload's address. */
export const uploadIdOf = (url: string | null): string => url?.replace(/^.*\//, '') ?? ''
