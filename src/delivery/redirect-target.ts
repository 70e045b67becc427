import { mediaDownloadUrl, mediaUrl, signedMediaUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import type { Rendition } from '../shows/rendition.ts'
import { linkExpiry } from './link-expiry.ts'
import { signMedia } from './media-signature.ts'
import { secureLink } from './secure-link.ts'

const hourSeconds = 60 * 60
const publicSeconds = 24 * hourSeconds
const privateSeconds = 6 * hourSeconds

/** What is asked for; an attachment is to be saved under the file's name. */
export type Wanted = Readonly<{
  rendition: Pick<Rendition, 'id' | 'key'>
  file: string
  method: string
  isAttachment?: boolean
  /** It is not public yet. */
  isEarly?: boolean
}>

/** Where listeners are sent for public audio: to the CDN, signed if it has a secret, else to the bucket, else to our own bytes. */
export async function publicTarget(app: App, wanted: Wanted): Promise<string> {
  const { config, clock } = app
  const { cdnUrl, cdnSecret } = config
  const addressAt = wanted.isAttachment ? mediaDownloadUrl : mediaUrl
  const file = pathSegment(wanted.file)
  if (!cdnUrl) return (await bucketUrl(app, wanted, publicSeconds)) ?? addressAt(config, wanted.rendition.id, file)
  const url = addressAt({ publicUrl: cdnUrl }, wanted.rendition.id, file)
  return cdnSecret ? secureLink(url, cdnSecret, linkExpiry(clock.now(), publicSeconds)) : url
}

/**
 * Where who holds a private link is sent, for some hours: to the CDN if it checks signatures, else to the bucket, else to our
 * own bytes; and only to those where listeners are not redirected. A CDN could not pull what is not public yet.
 */
export async function privateTarget(app: App, wanted: Wanted): Promise<string> {
  const { config, clock } = app
  const { id } = wanted.rendition
  const file = pathSegment(wanted.file)
  const expiresAt = linkExpiry(clock.now(), privateSeconds)
  if (config.cdnUrl && config.cdnSecret && !wanted.isEarly) {
    return secureLink(mediaUrl({ publicUrl: config.cdnUrl }, id, file), config.cdnSecret, expiresAt)
  }
  const url = config.delivery === 'redirect' ? await bucketUrl(app, wanted, privateSeconds) : undefined
  return url ?? signedMediaUrl(config, id, file, signMedia(config.secretKey, id, expiresAt))
}

const bucketUrl = ({ storage }: App, { rendition, file, method, isAttachment }: Wanted, seconds: number) =>
  storage.redirectUrl(rendition.key, {
    seconds,
    filename: isAttachment ? file : undefined,
    method: method === 'HEAD' ? 'HEAD' : 'GET',
  })

/** A name as one segment of a path, also for who decodes it before looking for slashes. */
const pathSegment = (file: string) => encodeURIComponent(file.replaceAll('/', '_'))
