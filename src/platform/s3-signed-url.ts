import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { attachmentHeader } from '../core/disposition.ts'
import type { RedirectOptions } from '../core/storage.ts'

const hourSeconds = 3600

/**
 * An address for one method on the object (it is in the signature), good for `seconds` to twice that (one hour more at most).
 * It stays the same for that while, because the signing time is rounded down: players use an address again after a pause, and
 * caches know it. `at`: now, epoch ms.
 */
export function signedUrl(
  client: S3Client,
  object: { Bucket: string; Key: string },
  { seconds, filename, method = 'GET', at = Date.now() }: RedirectOptions & Readonly<{ at?: number }>,
): Promise<string> {
  const step = Math.min(seconds, hourSeconds)
  const signedAt = Math.floor(at / 1000 / step) * step
  const disposition = filename === undefined ? undefined : attachmentHeader(filename)
  const input = { ...object, ResponseContentDisposition: disposition }
  const command = method === 'HEAD' ? new HeadObjectCommand(input) : new GetObjectCommand(input)
  return getSignedUrl(client, command, { expiresIn: seconds + step, signingDate: new Date(signedAt * 1000) })
}
