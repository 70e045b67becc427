import type { EpisodeRule, ShowRule } from './rule.ts'

const namespace = (tag: string) =>
  ({
    authority: 'Podcast namespace',
    source: `https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/${tag}.md`,
  }) as const

const feedPages = {
  authority: 'PSP',
  source: 'RFC 5005 §3; apps like Apple Podcasts read the first page alone',
} as const

/** What apps with Podcasting 2.0 look for in a show: hosts that the Podcast Standards Project certifies offer all of it. */
export const podcastNamespaceShowRules: readonly ShowRule[] = [
  {
    ...namespace('locked'),
    id: 'podcast-locked',
    level: 'warning',
    field: 'locked',
    objection: ({ model: { tags } }) =>
      tags.locked === false
        ? 'The show is not locked: anybody may have another host import it. Set locked to true unless you are moving it.'
        : undefined,
  },
  {
    ...namespace('funding'),
    id: 'podcast-funding',
    level: 'hint',
    field: 'funding',
    objection: ({ model: { tags } }) =>
      tags.funding?.length
        ? undefined
        : 'The show has no link by which listeners can support it. Add one (funding), if you take support.',
  },
  {
    ...namespace('person'),
    id: 'podcast-person',
    level: 'hint',
    field: 'people',
    objection: ({ model: { tags } }) =>
      tags.people?.length
        ? undefined
        : 'The show does not name its hosts. Add them (people), and apps show who speaks.',
  },
  {
    ...namespace('podping'),
    id: 'podcast-podping',
    level: 'hint',
    objection: ({ model: { usesPodping } }) =>
      usesPodping
        ? undefined
        : 'Podping is not told of new episodes, so some apps see them hours later. The operator of the station can set PODPING_URL.',
  },
  {
    ...feedPages,
    id: 'feed-pages',
    level: 'warning',
    field: 'feedPageSize',
    objection: ({ episodes, pageSize }) =>
      episodes.length > pageSize
        ? `The feed has ${episodes.length} episodes on pages of ${pageSize}: directories show those of the first page alone. Raise feedPageSize to show more.`
        : undefined,
  },
]

/** The same of an episode. */
export const podcastNamespaceEpisodeRules: readonly EpisodeRule[] = [
  {
    ...namespace('soundbite'),
    id: 'podcast-soundbite',
    level: 'warning',
    field: 'soundbites',
    objection({ item: { tags, durationSeconds } }) {
      const late = tags.soundbites?.find((bite) => bite.startSeconds + bite.durationSeconds > durationSeconds)
      if (!late) return undefined
      return `The soundbite at ${late.startSeconds} s ends after the audio, which lasts ${Math.floor(durationSeconds)} s. Move it, or take it away.`
    },
  },
]
