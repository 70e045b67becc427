import type { App } from '../../../core/app.ts'
import type { HealthItem } from '../facts.ts'
import { type Asked, ask } from './ask.ts'

/**
 * What is wrong with how the audio of an episode answers HEAD, and a range of two bytes, as the feed names it; empty: nothing.
 * Sentences without a subject. Rejects when nobody answers.
 */
export async function probeEnclosure(app: App, { enclosure }: HealthItem, signal: AbortSignal): Promise<string[]> {
  const head = await ask(app, enclosure.url, { method: 'HEAD', signal })
  const part = await ask(app, enclosure.url, { method: 'GET', headers: { range: 'bytes=0-1' }, signal })
  return [...wrongInHead(head, enclosure), ...wrongInPart(part, enclosure)]
}

type File = HealthItem['enclosure']

function wrongInHead({ status, headers }: Asked, { bytes, type }: File): string[] {
  if (status !== 200) return [`answers ${status} to HEAD, not 200`]
  const length = headers.get('content-length')
  const answered = headers.get('content-type')?.split(';')[0]?.trim()
  return [
    ...(length === String(bytes) ? [] : [`has ${length ?? 'no'} bytes by its answer, ${bytes} by the feed`]),
    ...(answered === type ? [] : [`is ${answered ?? 'of no type'} by its answer, ${type} by the feed`]),
  ]
}

function wrongInPart({ status, headers }: Asked, { bytes }: File): string[] {
  if (status !== 206) return [`answers ${status} to a range, not 206`]
  const range = headers.get('content-range')
  return range === `bytes 0-1/${bytes}`
    ? []
    : [`says “${range ?? 'no range'}” of its first two bytes, not bytes 0-1/${bytes}`]
}
