import { tryParseCategory } from '../../shows/categories.ts'
import { isPublicAddress } from '../../shows/show-guid.ts'
import type { InspectedEpisode, InspectedShow } from './inspected-show.ts'
import type { ShowRule } from './rule.ts'

const requirements = {
  authority: 'Apple',
  source: 'https://podcasters.apple.com/support/823-podcast-requirements',
} as const
const artwork = { authority: 'Apple', source: 'https://podcasters.apple.com/support/896-artwork-requirements' } as const
const tags = {
  authority: 'Apple',
  source: 'https://help.apple.com/itc/podcasts_connect/#/itcb54353390',
} as const

const preferredPixels = 3000
const tenMinutes = 600

/** What Apple Podcasts asks of a show. */
export const appleShowRules: readonly ShowRule[] = [
  {
    ...requirements,
    id: 'apple-public-address',
    level: 'error',
    objection: ({ publicUrl }) =>
      isPublicAddress(publicUrl)
        ? undefined
        : `The station's address is ${publicUrl}, which directories cannot reach by https. Set PUBLIC_URL to one that everybody on the internet can reach.`,
  },
  {
    ...requirements,
    id: 'apple-has-episode',
    level: 'error',
    objection: ({ episodes }) =>
      episodes.length > 0 ? undefined : 'The feed has no episode yet. Publish one before you submit the show.',
  },
  {
    ...requirements,
    id: 'apple-category',
    level: 'error',
    field: 'category',
    objection: ({ model: { category } }) =>
      tryParseCategory([category.top, ...(category.sub ? [category.sub] : [])].join(' > '))
        ? undefined
        : `“${category.top}” is not a category of Apple Podcasts. Choose one of its list.`,
  },
  {
    ...tags,
    id: 'apple-first-category',
    level: 'hint',
    field: 'furtherCategories',
    objection: ({ model }) =>
      model.tags.furtherCategories?.length
        ? `Apple Podcasts looks at the first category alone (${model.category.top}). Put the best one there.`
        : undefined,
  },
  {
    ...artwork,
    id: 'apple-cover',
    level: 'warning',
    objection: ({ cover }) =>
      cover ? undefined : 'The show has no cover of its own, so listeners see the default one. Upload a cover.',
  },
  {
    ...artwork,
    id: 'apple-cover-size',
    level: 'hint',
    objection: ({ cover }) =>
      cover && cover.size < preferredPixels
        ? `The cover has ${cover.size} pixels a side; Apple prefers ${preferredPixels}. Upload a larger one if you have it.`
        : undefined,
  },
  {
    ...tags,
    id: 'apple-blocked',
    level: 'warning',
    field: 'blocked',
    objection: ({ model }) =>
      model.tags.blocked
        ? 'The feed tells directories not to list the show (itunes:block). Set blocked to false when they shall.'
        : undefined,
  },
  {
    ...tags,
    id: 'apple-complete',
    level: 'hint',
    field: 'complete',
    objection: ({ model }) =>
      model.tags.complete
        ? 'The feed says that no episode will ever come (itunes:complete): apps may stop looking. Set complete to false before you publish another.'
        : undefined,
  },
  {
    ...tags,
    id: 'apple-new-feed-url',
    level: 'warning',
    field: 'move',
    objection: ({ model, feedRedirects }) =>
      model.newFeedUrl === undefined || model.newFeedUrl === model.feedUrl
        ? undefined
        : `The feed sends subscribers to ${model.newFeedUrl}${feedRedirects ? ', and answers with a redirect' : ''}. Take the move back (DELETE …/move) if the show is to stay here.`,
  },
  {
    ...tags,
    id: 'apple-explicit',
    level: 'warning',
    field: 'explicit',
    objection: ({ model: { explicit }, episodes }) =>
      !explicit && episodes.length > 0 && episodes.every(({ item }) => item.explicit)
        ? 'Every episode is explicit, but the show says that it is not. Set explicit for the show, or Apple may hide it.'
        : undefined,
  },
  {
    authority: 'Apple',
    source: 'https://podcasters.apple.com/support/5316-transcripts-on-apple-podcasts',
    id: 'apple-transcripts',
    level: 'hint',
    objection: countOf(
      ({ item }) => item.transcripts.length === 0,
      (count) => `${count} without a transcript. Send one, or have it transcribed: many listeners read along.`,
    ),
  },
  {
    authority: 'Apple',
    source: 'https://podcasters.apple.com/support/5482',
    id: 'apple-chapters',
    level: 'hint',
    objection: countOf(
      ({ item }) => item.chaptersUrl === undefined && item.type === 'full' && item.durationSeconds > tenMinutes,
      (count) => `${count} longer than ten minutes without chapters. Give them some, or Apple makes up its own.`,
    ),
  },
]

/** An objection to how many episodes are so, in one sentence. */
function countOf(isSo: (episode: InspectedEpisode) => boolean, words: (count: string) => string) {
  return ({ episodes }: InspectedShow): string | undefined => {
    const count = episodes.filter(isSo).length
    return count === 0 ? undefined : words(count === 1 ? 'There is 1 episode' : `There are ${count} episodes`)
  }
}
