import { Podcast } from 'podcast'
import { feedNotes } from '../shows/notes.ts'
import type { FeedItem, FeedModel } from './feed-model.ts'

/** Goes up when the same model is to give another document, so that stored ones are made again. */
export const rendererVersion = 3

const namespaces = {
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  podcast: 'https://podcastindex.org/namespace/1.0',
}

/** PSP-1: descriptions have at most 4000 bytes. */
const descriptionBytes = 4000

type Element = Record<string, unknown>

/**
 * The RSS document of a show (PSP-1, Apple's tags, podcast namespace). `modifiedAt` is when the content last changed, epoch ms.
 * The only file that knows the package `podcast`; its own iTunes tags are switched off, they say more than they know.
 */
export function feedXml(model: FeedModel, modifiedAt: number): string {
  const podcast = new Podcast({
    title: xmlText(model.title),
    description: xmlText(model.description),
    feedUrl: model.feedUrl,
    siteUrl: model.link,
    language: model.language,
    ...(model.copyright && { copyright: xmlText(model.copyright) }),
    generator: 'Longwave',
    namespaces: { iTunes: false, podcast: false, simpleChapters: false },
    customNamespaces: namespaces,
    customElements: channelElements(model),
  })
  for (const item of model.items) {
    podcast.addItem({
      title: xmlText(item.title),
      description: fittingNotes(item.notesHtml) || xmlText(item.title),
      url: item.link,
      guid: item.guid,
      date: new Date(item.publishedAt),
      enclosure: { url: item.enclosure.url, size: item.enclosure.bytes, type: item.enclosure.type },
      customElements: itemElements(item),
    })
  }
  return dated(podcast.buildXml({ indent: ' ' }), modifiedAt)
}

/** Text without what XML 1.0 §2.2 forbids: most control characters, lone surrogates, U+FFFE and U+FFFF. */
export const xmlText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
  text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/gu, '').trim()

function channelElements(model: FeedModel): Element[] {
  const { top, sub } = model.category
  return [
    { 'itunes:author': xmlText(model.author) },
    { 'itunes:owner': [{ 'itunes:name': xmlText(model.author) }, { 'itunes:email': xmlText(model.ownerEmail) }] },
    { 'itunes:explicit': String(model.explicit) },
    { 'itunes:type': model.type },
    {
      'itunes:category': [{ _attr: { text: top } }, ...(sub ? [{ 'itunes:category': { _attr: { text: sub } } }] : [])],
    },
    { 'itunes:image': { _attr: { href: model.imageUrl } } },
    { 'podcast:guid': model.guid },
    { 'podcast:locked': [{ _attr: { owner: xmlText(model.ownerEmail) } }, 'yes'] },
  ]
}

function itemElements(item: FeedItem): Element[] {
  return [
    { 'content:encoded': { _cdata: xmlText(item.notesHtml) } },
    { 'itunes:title': xmlText(item.title) },
    { 'itunes:duration': Math.max(1, Math.round(item.durationSeconds)) },
    { 'itunes:explicit': String(item.explicit) },
    { 'itunes:episodeType': item.type },
    ...(item.season === undefined ? [] : [{ 'itunes:season': item.season }]),
    ...(item.number === undefined ? [] : [{ 'itunes:episode': item.number }]),
    ...(item.imageUrl === undefined ? [] : [{ 'itunes:image': { _attr: { href: item.imageUrl } } }]),
    ...(item.chaptersUrl === undefined
      ? []
      : [{ 'podcast:chapters': { _attr: { url: item.chaptersUrl, type: 'application/json+chapters' } } }]),
    ...(item.alternate === undefined ? [] : [alternateElement(item.alternate)]),
    ...item.transcripts.map(({ url, type, language }) => ({
      'podcast:transcript': { _attr: { url, type, language } },
    })),
  ]
}

/** The bit rate is told in bit/s, and the title has at most 32 characters. */
const alternateElement = ({ url, type, bytes, bitrateKbps }: NonNullable<FeedItem['alternate']>): Element => ({
  'podcast:alternateEnclosure': [
    { _attr: { type, length: bytes, bitrate: bitrateKbps * 1000, title: `AAC, ${bitrateKbps} kb/s` } },
    { 'podcast:source': { _attr: { uri: url } } },
  ],
})

/** Notes for `description`: whole when they fit, else the paragraphs that do. The whole ones stand in `content:encoded`. */
function fittingNotes(notesHtml: string): string {
  const html = xmlText(feedNotes(notesHtml))
  if (Buffer.byteLength(html) <= descriptionBytes) return html
  let taken = ''
  let fitting = ''
  for (const block of html.split(/(?<=<\/(?:p|ul|ol)>)\s*/)) {
    taken += block
    const closed = feedNotes(taken)
    if (Buffer.byteLength(closed) > descriptionBytes) break
    fitting = closed
  }
  return fitting || `${beginning(html)}…`
}

/** The text of one endless paragraph, cut between characters: one has at most 4 bytes. */
function beginning(html: string): string {
  const characters = [...html.replace(/<[^>]*>/g, ' ').trim()]
  return characters
    .slice(0, descriptionBytes / 4 - 1)
    .join('')
    .replace(/&[^;]*$/, '')
}

/** Puts the date of the last change where the package wrote that of the build; in CDATA stands what people wrote. */
const dated = (xml: string, modifiedAt: number): string =>
  xml.replace(/<!\[CDATA\[.*?\]\]>|(?<=<lastBuildDate>)[^<]*/gs, (part) =>
    part.startsWith('<') ? part : new Date(modifiedAt).toUTCString(),
  )
