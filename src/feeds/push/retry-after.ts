import { parseHttpDate } from '../../core/conditions.ts'

/**
 * When whoever sent that `Retry-After` wants to be asked again (RFC 9110 §10.2.3: a date, or seconds from `now`), in epoch ms;
 * undefined: it says nothing that can be read.
 */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? ''
  return /^\d{1,9}$/.test(text) ? now + Number(text) * 1000 : parseHttpDate(text)
}
