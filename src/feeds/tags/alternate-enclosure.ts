import type { AlternateEnclosure } from '../../shows/feed-tags/alternate-enclosure.ts'
import type { FeedFile, FeedItem } from '../feed-model.ts'
import { element, optional, type Xml } from '../xml.ts'

/**
 * `podcast:alternateEnclosure` of an episode: our own files, of which the first is the enclosure itself, then those that are
 * kept elsewhere. The enclosure needs no second mention when there is nothing to choose from and no hash to tell.
 */
export function alternateEnclosureElements({ enclosure, alternate, tags }: FeedItem): Xml[] {
  const elsewhere = tags.alternateEnclosures ?? []
  const isAlone = !alternate && elsewhere.length === 0 && enclosure.sha384 === undefined
  return [
    ...(isAlone ? [] : [ownElement(enclosure, true)]),
    ...optional(alternate, (file) => ownElement(file)),
    ...elsewhere.map(alternateEnclosureElement),
  ]
}

/** One that is kept elsewhere. */
export const alternateEnclosureElement = (alternate: AlternateEnclosure): Xml =>
  element(
    'podcast:alternateEnclosure',
    {
      type: alternate.type,
      length: alternate.bytes,
      bitrate: alternate.bitrate,
      height: alternate.height,
      lang: alternate.language,
      title: alternate.title,
      rel: alternate.rel,
      codecs: alternate.codecs,
    },
    [
      ...alternate.sources.map(({ uri, contentType }) => element('podcast:source', { uri, contentType })),
      ...optional(alternate.integrity, (integrity) => element('podcast:integrity', integrity)),
    ],
  )

/** The bit rate is told in bit/s, the hash as Subresource Integrity writes it, and a title has at most 32 characters. */
const ownElement = ({ url, type, bytes, bitrateKbps, sha384 }: FeedFile, isDefault?: true): Xml =>
  element(
    'podcast:alternateEnclosure',
    {
      type,
      length: bytes,
      bitrate: bitrateKbps * 1000,
      title: `${codec(type)}, ${bitrateKbps} kb/s`,
      default: isDefault,
    },
    [
      element('podcast:source', { uri: url }),
      ...optional(sha384, (hash) => element('podcast:integrity', { type: 'sri', value: `sha384-${hash}` })),
    ],
  )

const codec = (type: string): string => (type === 'audio/mpeg' ? 'MP3' : 'AAC')
