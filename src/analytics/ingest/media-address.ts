import type { Door } from '../../core/events.ts'
import { tryDecode } from './try-decode.ts'

/** What an address of audio names: the file of an episode, or of a rendition. */
export type MediaAddress = Readonly<{
  door: Door
  episodeId?: string
  renditionId?: string
  /** Of a private link. It is a secret: nothing may keep it. */
  feedToken?: string
  file: string
}>

const id = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'
const episode = `(?<episodeId>${id})`
const rendition = `(?<renditionId>${id})`
const file = '(?<file>[^/]+)'

/** The addresses of core/addresses.ts, and by which door they lead to audio. What a CDN serves to be saved is a download too. */
const addresses: readonly (readonly [Door, RegExp])[] = [
  ['audio', new RegExp(`^/audio/${episode}/${file}$`)],
  ['private', new RegExp(`^/audio/p/(?<feedToken>[\\w-]+)/${episode}/${file}$`)],
  ['download', new RegExp(`^/download/${episode}/${file}$`)],
  ['media', new RegExp(`^/media/${rendition}/${file}$`)],
  ['private', new RegExp(`^/media/p/${rendition}/${file}$`)],
  ['download', new RegExp(`^/media/${rendition}/download/${file}$`)],
]

/** Reads an address as a log has it: percent-encoded, with its query, with its host or without. Undefined: no address of audio. */
export function parseMediaAddress(url: string): MediaAddress | undefined {
  const path = url.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  for (const [door, pattern] of addresses) {
    const names = pattern.exec(path)?.groups
    if (names) return { door, ...names, file: tryDecode(names.file as string) ?? '' }
  }
  return undefined
}
