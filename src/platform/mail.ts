import type { Transporter } from 'nodemailer'
import { invalid, unavailable } from '../core/errors.ts'
import type { Letter, Mail } from '../core/mail.ts'

const connectMs = 10_000

/**
 * Sends letters over SMTP. The URL's query holds the sender, `?from=…` (otherwise longwave@ and the server's name), and any
 * setting of nodemailer's SMTP transport, such as `&requireTLS=true`. `wholeMs` is the limit for one letter.
 */
export function createMail(smtpUrl: string | undefined, { wholeMs = 30_000 }: { wholeMs?: number } = {}): Mail {
  if (!smtpUrl) return { send: refuseLetters }
  const { hostname, searchParams } = new URL(smtpUrl)
  const from = searchParams.get('from') || `longwave@${hostname}`
  let transport: Transporter | undefined
  return {
    async send(letter) {
      const message = messageOf(letter)
      const { createTransport } = await import('nodemailer')
      transport ??= createTransport({ url: smtpUrl, connectionTimeout: connectMs, greetingTimeout: connectMs })
      try {
        await transport.sendMail({ ...message, from, signal: AbortSignal.timeout(wholeMs) })
      } catch (error) {
        throw refusedBy(hostname, error)
      }
    },
  }
}

async function refuseLetters(): Promise<never> {
  throw unavailable(
    'This station sends no letters. Set SMTP_URL, like smtp://user:password@host:587, and start it again.',
  )
}

/** No header can be added: nodemailer makes the subject one line, and the recipient is one plain address. */
function messageOf({ to, subject, text }: Letter) {
  if (!isPlainAddress(to)) throw invalid('This is not one e-mail address, like name@example.com.', 'to')
  return {
    to: { name: '', address: to },
    subject,
    text,
    disableFileAccess: true,
    disableUrlAccess: true,
    // Keeps out-of-office programs from answering (RFC 3834 §5).
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/** Narrower than RFC 5321 §4.1.2: no quoted names, no address literals, and none of the marks that divide a list. */
const isPlainAddress = (text: string) =>
  text.length <= 254 && /^[^\s\p{Cc}<>(),:;"\\[\]@]+@[^\s\p{Cc}<>(),:;"\\[\]@]+$/u.test(text)

function refusedBy(hostname: string, error: unknown) {
  const { code = 'no reason given' } = error as { code?: string }
  return unavailable(
    `The mail server ${hostname} did not take the letter (${code}). Check SMTP_URL, then try again.`,
    error,
  )
}
