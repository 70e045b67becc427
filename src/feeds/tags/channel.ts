import type { FeedModel } from '../feed-model.ts'
import { element, optional, textElement, type Xml } from '../xml.ts'
import { atomLinkElements } from './atom.ts'
import { elementsOfAll } from './everywhere.ts'
import { itunesChannelElements } from './itunes.ts'
import { liveItemElement } from './live-item.ts'
import { platformBlockElement } from './platform-block.ts'
import { podrollElement, publisherElement, remoteItemElement } from './remote-item.ts'
import { spotifyElements } from './spotify.ts'
import { trailerElement } from './trailer.ts'
import { updateFrequencyElement } from './update-frequency.ts'

/** All that a channel says beyond RSS 2.0, in the order in which the podcast namespace documents its tags. */
export const channelElements = (model: FeedModel): Xml[] => [
  ...atomLinkElements(model),
  ...itunesChannelElements(model),
  ...(model.isPrivate ? [] : [lockedElement(model)]),
  textElement('podcast:guid', model.guid),
  ...trailersOf(model).map(trailerElement),
  ...elementsOfAll(model.tags),
  ...optional(model.tags.medium, (medium) => textElement('podcast:medium', medium)),
  ...model.liveItems.map(liveItemElement),
  ...(model.tags.platformBlocks ?? []).map(platformBlockElement),
  ...(model.tags.remoteItems ?? []).map(remoteItemElement),
  ...(model.tags.podroll?.length ? [podrollElement(model.tags.podroll)] : []),
  ...optional(model.tags.updateFrequency, updateFrequencyElement),
  ...(model.usesPodping && !model.isPrivate ? [element('podcast:podping', { usesPodping: true })] : []),
  ...optional(model.tags.publisher, publisherElement),
  ...spotifyElements(model.tags.spotify ?? {}),
]

/** Whether other hosts may import the show, and whom to ask. */
const lockedElement = ({ tags, ownerEmail }: FeedModel): Xml =>
  textElement('podcast:locked', tags.locked === false ? 'no' : 'yes', { owner: ownerEmail })

const trailersOf = ({ trailers, items }: FeedModel) => trailers ?? items.filter(({ type }) => type === 'trailer')
