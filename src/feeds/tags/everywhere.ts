import type { EpisodeFeedTags } from '../../shows/feed-tags.ts'
import { optional, type Xml } from '../xml.ts'
import { chatElement } from './chat.ts'
import { fundingElement } from './funding.ts'
import { imageElement } from './image.ts'
import { licenseElement } from './license.ts'
import { locationElement } from './location.ts'
import { personElement } from './person.ts'
import { socialInteractElement } from './social-interact.ts'
import { txtElement } from './txt.ts'
import { valueElement } from './value.ts'

type TagsOfAll = Pick<
  EpisodeFeedTags,
  'funding' | 'people' | 'locations' | 'license' | 'value' | 'socialInteract' | 'texts' | 'chat' | 'images'
>

/** The tags that shows, episodes and live items have in common. A value that nobody receives is none. */
export const elementsOfAll = (tags: TagsOfAll): Xml[] => [
  ...(tags.funding ?? []).map(fundingElement),
  ...(tags.people ?? []).map(personElement),
  ...(tags.locations ?? []).map(locationElement),
  ...optional(tags.license, licenseElement),
  ...optional(tags.value?.recipients.length ? tags.value : undefined, valueElement),
  ...(tags.socialInteract ?? []).map(socialInteractElement),
  ...(tags.texts ?? []).map(txtElement),
  ...optional(tags.chat, chatElement),
  ...(tags.images ?? []).map(imageElement),
]
