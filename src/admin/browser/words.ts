import type { UploadView } from '../../shows/schemas.ts'

type Told = Pick<UploadView, 'state' | 'filename' | 'reason'>

const ended = ['ready', 'failed', 'cancelled']

/** Whether the server is still working on an upload. */
export const isAtWork = (state: string): boolean => !ended.includes(state)

/** Where an upload is, as a sentence. */
export function uploadWords({ state, filename, reason }: Told): string {
  if (state === 'failed') return `“${filename}” could not be used. ${reason ?? 'Upload it again.'}`
  if (state === 'cancelled') return `“${filename}” was not used. ${reason ?? 'It was cancelled.'}`
  return `“${filename}” ${stateWords[state] ?? state}`
}

const stateWords: Readonly<Record<string, string>> = {
  receiving: 'is arriving.',
  received: 'has arrived and waits for its turn.',
  probing: 'is being looked at.',
  measuring: 'is being measured.',
  encoding: 'is being made into the MP3.',
  storing: 'is being stored.',
  ready: 'is ready.',
}

/** How far sending is: `bytesPerSecond` is undefined while it is not known yet. */
export function sendingFigures(sent: number, total: number, bytesPerSecond: number | undefined): string {
  const figures = [percentWords(total ? sent / total : 0), `${sizeWords(sent)} of ${sizeWords(total)}`]
  if (bytesPerSecond)
    figures.push(`${sizeWords(bytesPerSecond)}/s`, `${timeLeftWords((total - sent) / bytesPerSecond)} left`)
  return figures.join(' · ')
}

/** Never says 100 % before it is whole. */
export const percentWords = (fraction: number): string => `${Math.floor(fraction * 100)} %`

/** Decimal units, as file managers have them. */
export function sizeWords(bytes: number): string {
  if (bytes < 1e6) return `${Math.round(bytes / 1e3)} kB`
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1)} MB`
  return `${(bytes / 1e9).toFixed(2)} GB`
}

export function timeLeftWords(seconds: number): string {
  const minutes = Math.round(seconds / 60)
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s`
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A recording's length: 1:02:03, or 2:03. */
export function durationWords(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, two(whole % 60)]
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}
