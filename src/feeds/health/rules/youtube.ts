import { type Rule, when } from './rule.ts'

const source = 'https://support.google.com/youtube/search?q=podcast+rss+feed'

/** Names that nobody can have a mailbox at (RFC 2606). */
const reserved = /@(?:[^@]+\.)?(?:example\.(?:com|net|org)|example|invalid|test|localhost)$/i

/** What YouTube asks of a feed that it is to take episodes from. */
export const youtubeRules: readonly Rule[] = [
  {
    name: 'owner-email',
    level: 'error',
    source,
    find: ({ model }) =>
      when(model.ownerEmail === '', 'The show has no owner’s e-mail: YouTube refuses its feed.', 'ownerEmail'),
  },
  {
    name: 'owner-mailbox',
    level: 'warning',
    source,
    find: ({ model }) =>
      when(
        reserved.test(model.ownerEmail),
        `Nobody can be reached at ${model.ownerEmail}: YouTube, Spotify and others send a code there to see whose show it is.`,
        'ownerEmail',
      ),
  },
]
