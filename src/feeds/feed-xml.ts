import { Podcast } from 'podcast'
import type { FeedModel } from './feed-model.ts'
import { channelElements } from './tags/channel.ts'
import { fittingText } from './tags/description.ts'
import { itemElement } from './tags/item.ts'
import { escapedAttribute, xmlText } from './xml.ts'

/** Goes up when the same model is to give another document, so that stored ones are made again. */
export const rendererVersion = 4

/**
 * The RSS document of a show (PSP-1, Apple's and Spotify's tags, podcast namespace). `modifiedAt` is when the content last
 * changed, epoch ms. The package `podcast`, which no other file knows, makes the frame; it would take a second for 1,000
 * episodes, so that all which stands inside is printed in src/feeds/tags/.
 */
export const feedXml = (model: FeedModel, modifiedAt: number): string => [...feedParts(model, modifiedAt)].join('')

/** The same as it is written, an episode at a time: a long one need not hold a thread. */
export function* feedParts(model: FeedModel, modifiedAt: number): Generator<string> {
  const frame = styled(dated(frameXml(model), modifiedAt), model.stylesheetUrl)
  const end = frame.lastIndexOf('</channel>')
  yield `${frame.slice(0, end)}${channelElements(model).join('\n')}\n`
  for (const item of model.items) yield `${itemElement(item, model.tags.seasons)}\n`
  yield frame.slice(end)
}

/** A channel without what the package does not know; its own iTunes tags are switched off, they say more than they know. */
function frameXml(model: FeedModel): string {
  const podcast = new Podcast({
    title: xmlText(model.title),
    description: fittingText(model.description),
    feedUrl: model.feedUrl,
    siteUrl: model.link,
    language: model.language,
    ...(model.copyright && { copyright: xmlText(model.copyright) }),
    generator: 'Longwave',
    namespaces: { iTunes: false, podcast: false, simpleChapters: false },
    customNamespaces: namespacesOf(model),
  })
  return podcast.buildXml({ indent: ' ' })
}

/** Those of PSP-1 stand in every feed (case counts); Spotify's only where it is used. */
const namespacesOf = ({ tags }: FeedModel): Record<string, string> => ({
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  podcast: 'https://podcastindex.org/namespace/1.0',
  ...(tags.spotify && { spotify: 'http://www.spotify.com/ns/rss' }),
})

/** Puts the date of the last change where the package wrote that of the build; in CDATA stands what people wrote. */
const dated = (xml: string, modifiedAt: number): string =>
  xml.replace(/<!\[CDATA\[.*?\]\]>|(?<=<lastBuildDate>)[^<]*/gs, (part) =>
    part.startsWith('<') ? part : new Date(modifiedAt).toUTCString(),
  )

/** After the XML declaration, what makes it readable in a browser (https://www.w3.org/TR/xml-stylesheet/). */
const styled = (xml: string, stylesheetUrl: string | undefined): string =>
  stylesheetUrl === undefined
    ? xml
    : xml.replace(
        '?>',
        (end) => `${end}\n<?xml-stylesheet type="text/css" href="${escapedAttribute(stylesheetUrl)}"?>\n`,
      )
