import type { EpisodeFeedTags, LiveItemFeedTags, ShowFeedTags } from './feed-tags.ts'
import { checkAlternateEnclosures } from './tag-rules/alternate-enclosures.ts'
import { checkCategories } from './tag-rules/categories.ts'
import { checkDistinct } from './tag-rules/distinct.ts'
import { checkLicense } from './tag-rules/license.ts'
import { checkLinks } from './tag-rules/links.ts'
import { checkLocations } from './tag-rules/locations.ts'
import { checkMedium } from './tag-rules/medium.ts'
import { checkSoundbites } from './tag-rules/passage.ts'
import { checkPeople } from './tag-rules/people.ts'
import { checkSocialInteract } from './tag-rules/social-interact.ts'
import { checkSpotify } from './tag-rules/spotify.ts'
import { checkUpdateFrequency } from './tag-rules/update-frequency.ts'
import { checkValue } from './tag-rules/value.ts'

export type AnyFeedTags = ShowFeedTags & EpisodeFeedTags & LiveItemFeedTags

/** What a rule looks at beyond the tags: the show's first category; how long the audio is, undefined while there is none. */
export type TagSurroundings = Readonly<{ category?: string; audioSeconds?: number }>

/** The rules of feed tags that a schema cannot tell. Throws `invalid`, which names field, rule and source. */
export function checkFeedTags(tags: AnyFeedTags, { category, audioSeconds }: TagSurroundings): void {
  checkLinks(tags)
  checkDistinct(tags)
  if (tags.people) checkPeople(tags.people, 'people')
  if (tags.locations) checkLocations(tags.locations, 'locations')
  if (tags.license) checkLicense(tags.license, 'license')
  if (tags.value) checkValue(tags.value, 'value', audioSeconds)
  if (tags.socialInteract) checkSocialInteract(tags.socialInteract, 'socialInteract')
  if (tags.furtherCategories) checkCategories(tags.furtherCategories, 'furtherCategories', category)
  if (tags.spotify) checkSpotify(tags.spotify, 'spotify')
  if (tags.updateFrequency) checkUpdateFrequency(tags.updateFrequency, 'updateFrequency')
  if (tags.soundbites) checkSoundbites(tags.soundbites, 'soundbites', audioSeconds)
  if (tags.alternateEnclosures) checkAlternateEnclosures(tags.alternateEnclosures, 'alternateEnclosures')
  checkMedium(tags.medium, tags.remoteItems)
}
