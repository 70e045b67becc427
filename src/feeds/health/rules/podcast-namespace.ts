import { forEach, type Rule, when } from './rule.ts'

const source = 'https://podcasting2.org/docs/podcast-namespace'
const dayMs = 24 * 60 * 60 * 1000

/** What the podcast namespace asks of a feed, beyond what the API refuses. */
export const namespaceRules: readonly Rule[] = [
  {
    name: 'guid',
    level: 'hint',
    source: `${source}/tags/guid`,
    find: ({ isGuidFinal }) =>
      when(
        !isGuidFinal,
        'The guid of the show is for now: it becomes final when an episode is published at a public https address.',
      ),
  },
  {
    name: 'soundbite',
    level: 'warning',
    source: `${source}/tags/soundbite`,
    find: (facts) =>
      forEach(
        facts,
        ({ tags, durationSeconds }) =>
          (tags.soundbites ?? []).some((bite) => bite.startSeconds + bite.durationSeconds > durationSeconds + 1),
        ({ title }) => `A soundbite of “${title}” ends after the audio does: its times are those of another recording.`,
        'soundbites',
      ),
  },
  {
    name: 'live',
    level: 'warning',
    source: `${source}/tags/live-item`,
    find: ({ model, now }) =>
      model.liveItems
        .filter(({ status, startsAt }) => status === 'live' && startsAt < now - dayMs)
        .map(({ title }) => ({
          message: `“${title}” is said to be live for more than a day: set its status to ended.`,
        })),
  },
  {
    name: 'moved',
    level: 'hint',
    source: 'https://podcasters.apple.com/support/837-change-the-rss-feed-url',
    find: ({ isRedirected, model }) =>
      when(isRedirected, `The feed has moved: whoever asks for it is sent to ${model.newFeedUrl}.`),
  },
]
