import { createHmac, timingSafeEqual } from 'node:crypto'
import { AppError, forbidden } from '../core/errors.ts'

/** The query of an address that lets a rendition through for a while. */
export type MediaSignature = Readonly<{ expires: string; signature: string }>

/** Signs for our own address of a rendition, whatever its file is called. `expiresAt`: epoch ms. */
export function signMedia(secretKey: string, renditionId: string, expiresAt: number): MediaSignature {
  const expires = String(Math.floor(expiresAt / 1000))
  return { expires, signature: signatureOf(secretKey, renditionId, expires) }
}

/** Throws `forbidden` when the signature is not ours, and `gone` when its time is over. `now`: epoch ms. */
export function checkMediaSignature(
  secretKey: string,
  renditionId: string,
  { expires = '', signature = '' }: Partial<MediaSignature>,
  now: number,
): void {
  const expected = Buffer.from(signatureOf(secretKey, renditionId, expires))
  const given = Buffer.from(signature)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw forbidden('This link is not as it was given out. Start at the address in the feed again.')
  }
  if (Number(expires) * 1000 <= now) {
    throw new AppError('gone', 'This link was good for some hours only. Start at the address in the feed again.')
  }
}

/** The label keeps it apart from what else is made of the secret key. */
const signatureOf = (secretKey: string, renditionId: string, expires: string) =>
  createHmac('sha256', secretKey).update(`media link\n${renditionId}\n${expires}`).digest('base64url')
