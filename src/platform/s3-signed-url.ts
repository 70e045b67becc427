import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'

const hourSeconds = 3600

type SignedUrlOptions = Readonly<{ seconds: number; filename?: string; at?: number }>

/**
 * An address for a GET of the object, good for `seconds` to twice that (one hour more at most). It stays the same for that
 * while, because the signing time is rounded down: players use an address again after a pause, and caches know it.
 * `at`: now, epoch ms.
 */
export function signedUrl(
  client: S3Client,
  object: { Bucket: string; Key: string },
  { seconds, filename, at = Date.now() }: SignedUrlOptions,
): Promise<string> {
  const step = Math.min(seconds, hourSeconds)
  const signedAt = Math.floor(at / 1000 / step) * step
  const command = new GetObjectCommand({
    ...object,
    ResponseContentDisposition: filename === undefined ? undefined : attachment(filename),
  })
  return getSignedUrl(client, command, { expiresIn: seconds + step, signingDate: new Date(signedAt * 1000) })
}

/** Content-Disposition with an ASCII name for old clients and the true one beside it (RFC 6266 §4.3, RFC 8187 §3.2). */
export function attachment(filename: string): string {
  const plain = filename.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  if (plain === filename) return `attachment; filename="${plain}"`
  const encoded = encodeURIComponent(filename).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
