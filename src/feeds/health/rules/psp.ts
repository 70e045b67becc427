import { forEach, forSome, type Rule, repeated, when } from './rule.ts'

const specification = 'https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification'
const certification = 'https://github.com/Podcast-Standards-Project/Certification'

const mostBytes = 4000

/** "Ep. 12: …", "Episode 3 - …", "#7 …", "S2E5 …". */
const numbered = /^\s*(?:(?:ep(?:isode)?|folge|part)[.:#\s]*\d+|#\d+\b|s\d+\s*[.:,]?\s*e\d+\b)/i

/** What PSP-1, the podcast RSS standard, asks of feeds, and the Podcast Standards Project of hosts that it certifies. */
export const pspRules: readonly Rule[] = [
  {
    name: 'description',
    level: 'error',
    source: specification,
    find: ({ model }) =>
      when(
        Buffer.byteLength(model.description) > mostBytes,
        'The description of the show is over 4000 bytes: shorten it.',
        'description',
      ),
  },
  {
    name: 'guid',
    level: 'error',
    source: specification,
    find: ({ items }) =>
      repeated(items, ({ guid }) => guid).map(({ title, episodeId }) => ({
        message: `“${title}” has the same guid as another episode.`,
        episodeId,
      })),
  },
  {
    name: 'serial-number',
    level: 'error',
    source: specification,
    find: (facts) =>
      facts.model.type !== 'serial'
        ? []
        : forEach(
            facts,
            ({ type, number }) => type === 'full' && number === undefined,
            ({ title }) => `The show is serial, so “${title}” needs a number.`,
            'number',
          ),
  },
  {
    name: 'title',
    level: 'warning',
    source: specification,
    find: (facts) =>
      forEach(
        facts,
        ({ title }) => numbered.test(title),
        ({ title }) =>
          `“${title}” begins with its number: apps show the number by themselves. Take it out of the title.`,
        'title',
      ),
  },
  {
    name: 'notes',
    level: 'warning',
    source: specification,
    find: (facts) =>
      forEach(
        facts,
        ({ notesHtml }) => notesHtml.trim() === '',
        ({ title }) => `“${title}” has no show notes: say in a sentence what it is about.`,
        'notes',
      ),
  },
  {
    name: 'locked',
    level: 'hint',
    source: specification,
    find: ({ model }) => when(model.tags.locked === false, 'The feed is not locked: any host may import it.', 'locked'),
  },
  {
    name: 'funding',
    level: 'hint',
    source: certification,
    find: ({ model }) =>
      when((model.tags.funding ?? []).length === 0, 'No way to support the show is told (podcast:funding).', 'funding'),
  },
  {
    name: 'people',
    level: 'hint',
    source: certification,
    find: ({ model }) =>
      when(
        (model.tags.people ?? []).length === 0,
        'Nobody is named: tell who makes the show (podcast:person).',
        'people',
      ),
  },
  {
    name: 'chapters',
    level: 'hint',
    source: 'https://podcasters.apple.com/support/5482-using-chapters-on-apple-podcasts',
    find: (facts) =>
      forSome(
        facts,
        ({ chaptersUrl, durationSeconds }) => chaptersUrl === undefined && durationSeconds > 20 * 60,
        (count) => `${count} that last over twenty minutes have no chapters.`,
      ),
  },
]
