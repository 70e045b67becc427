import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { S3Location } from '../core/config.ts'
import { unavailable } from '../core/errors.ts'

const connectMs = 5_000
const answerMs = 120_000
const silenceMs = 300_000

/** A client for the bucket's provider. Without credentials in the location, the SDK looks for them in its usual places. */
export const createS3Client = (location: S3Location): S3Client => new S3Client(s3ClientConfig(location))

export function s3ClientConfig({
  endpoint,
  region,
  pathStyle,
  accessKeyId,
  secretAccessKey,
}: S3Location): S3ClientConfig {
  return {
    endpoint,
    region,
    forcePathStyle: pathStyle,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined,
    // Many providers refuse the SDK's own checksums (411, 501).
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
      // A listener who pauses holds a stream silent for a while.
      socketTimeout: silenceMs,
      // Each listener who streams through us holds a connection; the SDK's default would make the 51st wait.
      httpAgent: { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY },
      httpsAgent: { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY },
    },
  }
}

const absences = ['NotFound', 'NoSuchKey', 'NoSuchUpload', 'InvalidRange']

/** The answer, or undefined when there is no such object, upload or range. Failures of the bucket become `unavailable`. */
export async function unlessAbsent<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (absences.includes((error as Error).name)) return undefined
    throw s3Failure(error)
  }
}

/** The same error when it is not the provider's (a failed body), otherwise `unavailable`. */
export function s3Failure(error: unknown): unknown {
  const fromProvider = error instanceof Error && '$metadata' in error
  if (!fromProvider) return error
  return unavailable(
    `The bucket does not answer as it should (${error.name}). Check STORAGE_URL and its credentials, then try again.`,
    error,
  )
}
