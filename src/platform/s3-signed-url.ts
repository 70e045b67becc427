import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { attachmentHeader } from '../core/disposition.ts'
import { remember } from '../core/remember.ts'
import type { RedirectOptions } from '../core/storage.ts'

const hourSeconds = 3600
const minuteMs = 60_000
const mostRemembered = 10_000

type S3Object = Readonly<{ Bucket: string; Key: string }>

/**
 * `signedUrl` that remembers its addresses for a minute, because signing takes ten times as long as the rest of a redirect. Not
 * for longer: temporary credentials are renewed some minutes before they end.
 */
export function createUrlSigner(
  client: S3Client,
): (object: S3Object, options: RedirectOptions, now?: number) => Promise<string> {
  const sign = remember(mostRemembered, (asked) => {
    const [object, options]: [S3Object, RedirectOptions & { at: number }] = JSON.parse(asked)
    return signedUrl(client, object, options)
  })
  return (object, options, now = Date.now()) =>
    sign(JSON.stringify([object, { ...options, at: Math.floor(now / minuteMs) * minuteMs }]))
}

/**
 * An address for one method on the object (it is in the signature), good for `seconds` to twice that (one hour more at most).
 * It stays the same for that while, because the signing time is rounded down: players use an address again after a pause, and
 * caches know it. `at`: now, epoch ms.
 */
export function signedUrl(
  client: S3Client,
  object: S3Object,
  { seconds, filename, method = 'GET', at = Date.now() }: RedirectOptions & Readonly<{ at?: number }>,
): Promise<string> {
  const step = Math.min(seconds, hourSeconds)
  const signedAt = Math.floor(at / 1000 / step) * step
  const disposition = filename === undefined ? undefined : attachmentHeader(filename)
  const input = { ...object, ResponseContentDisposition: disposition }
  const command = method === 'HEAD' ? new HeadObjectCommand(input) : new GetObjectCommand(input)
  return getSignedUrl(client, command, { expiresIn: seconds + step, signingDate: new Date(signedAt * 1000) })
}
