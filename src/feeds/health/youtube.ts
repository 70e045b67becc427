import type { ShowRule } from './rule.ts'

const youTube = { authority: 'YouTube', source: 'YouTube Help, Deliver podcasts using an RSS feed' } as const

/** What YouTube asks of a show whose feed it takes. */
export const youTubeShowRules: readonly ShowRule[] = [
  {
    ...youTube,
    id: 'youtube-owner-email',
    level: 'error',
    field: 'ownerEmail',
    objection: ({ model: { ownerEmail } }) =>
      ownerEmail.trim() === ''
        ? 'The show has no e-mail address of its owner. Fill it in: YouTube refuses a feed without one (“Missing Owner Email”).'
        : undefined,
  },
  {
    ...youTube,
    id: 'youtube-blocked',
    level: 'warning',
    field: 'platformBlocks',
    objection: ({ model: { tags } }) =>
      tags.platformBlocks?.some(({ id, blocked }) => id === 'youtube' && blocked)
        ? 'The feed tells YouTube not to show it (podcast:block). Take that away when it shall.'
        : undefined,
  },
]
