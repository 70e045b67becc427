import type { EpisodeRule, ShowRule } from './rule.ts'

/** https://github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification */
const psp = (part: string) => ({ authority: 'PSP', source: `PSP-1, ${part}` }) as const

const descriptionBytes = 4000
const valueCharacters = 255

/** PSP-1 says audio/m4a where Apple says audio/x-m4a; both mean the same. */
const enclosureTypes = ['audio/mpeg', 'audio/m4a', 'audio/x-m4a', 'video/m4v', 'video/x-m4v', 'video/mp4']

/** A number of the episode or season at the beginning of a title: “Ep. 12: …”, “#12 …”, “S01E02 …”, “12. …”. */
const numberInTitle =
  /^\W*(?:(?:ep(?:isode)?|season|folge|staffel|épisode|episodio)\b\.?\s*#?\d|n[or]\.\s*\d|#\d|s\d{1,3}\s*[.:-]?\s*e\d|\d{1,4}\s*[.:)|–—-]\s)/iu

/** What PSP-1 asks of a show. */
export const pspShowRules: readonly ShowRule[] = [
  {
    ...psp('channel title'),
    id: 'psp-title',
    level: 'error',
    field: 'title',
    objection: ({ model: { title } }) => lengthObjection('title of the show', title),
  },
  {
    ...psp('channel description'),
    id: 'psp-description',
    level: 'error',
    field: 'description',
    objection({ model: { description } }) {
      if (description.trim() === '') return 'The show has no description. Write what it is about.'
      const bytes = Buffer.byteLength(description)
      if (bytes <= descriptionBytes) return undefined
      return `The description of the show has ${bytes} bytes. Shorten it to ${descriptionBytes}: letters beyond ASCII take 2 to 4.`
    },
  },
  {
    ...psp('channel language'),
    id: 'psp-language',
    level: 'error',
    field: 'language',
    objection: ({ model: { language } }) =>
      isKnownLanguage(language)
        ? undefined
        : `“${language}” is not a language that directories know (ISO 639). Write it like en, de or pt-BR.`,
  },
  {
    ...psp('channel itunes:author'),
    id: 'psp-author',
    level: 'warning',
    field: 'author',
    objection: ({ model: { author } }) =>
      author.trim() === '' ? 'The show does not say who makes it. Fill in the author.' : undefined,
  },
]

/** What PSP-1 asks of an episode. */
export const pspEpisodeRules: readonly EpisodeRule[] = [
  {
    ...psp('item title'),
    id: 'psp-episode-title',
    level: 'error',
    field: 'title',
    objection: ({ item: { title } }) => lengthObjection('title of the episode', title),
  },
  {
    ...psp('item title'),
    id: 'psp-number-in-title',
    level: 'warning',
    field: 'title',
    objection: ({ item: { title } }) =>
      numberInTitle.test(title)
        ? `The title begins with a number: “${title}”. Put it into the fields season and number; apps show it themselves.`
        : undefined,
  },
  {
    ...psp('item guid'),
    id: 'psp-guid-once',
    level: 'error',
    objection: ({ item: { guid } }, { shared }) =>
      (shared.guids.get(guid) ?? 0) > 1
        ? 'Another episode has the same guid: apps take them for one. Delete one of them and create it anew.'
        : undefined,
  },
  {
    ...psp('item enclosure'),
    id: 'psp-enclosure-type',
    level: 'warning',
    objection: ({ item: { enclosure } }) =>
      enclosureTypes.includes(enclosure.type)
        ? undefined
        : `The audio is of type ${enclosure.type}, which not every app plays. Upload the recording again, to have an MP3 made.`,
  },
  {
    ...psp('item itunes:episode'),
    id: 'psp-serial-number',
    level: 'error',
    field: 'number',
    objection: ({ item: { number, type } }, { model }) =>
      model.type === 'serial' && type === 'full' && number === undefined
        ? 'The show is serial, so each episode needs a number: apps play them in that order. Give it one.'
        : undefined,
  },
  {
    ...psp('item description'),
    id: 'psp-episode-description',
    level: 'warning',
    field: 'notes',
    objection: ({ item: { notesHtml } }) =>
      notesHtml.trim() === '' ? 'The episode has no notes. Write what it is about.' : undefined,
  },
  {
    ...psp('item description'),
    id: 'psp-episode-description-bytes',
    level: 'hint',
    field: 'notes',
    objection({ item: { notesHtml } }) {
      const bytes = Buffer.byteLength(notesHtml)
      if (bytes <= descriptionBytes) return undefined
      return `The notes have ${bytes} bytes, and ${descriptionBytes} are allowed: some apps show only their beginning. Put what matters there.`
    },
  },
]

function lengthObjection(name: string, text: string): string | undefined {
  if (text.trim() === '') return `The ${name} is empty. Write one.`
  if ([...text].length <= valueCharacters) return undefined
  return `The ${name} has ${[...text].length} characters. Shorten it to ${valueCharacters}.`
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

function isKnownLanguage(tag: string): boolean {
  try {
    return languageNames.of(new Intl.Locale(tag).language) !== undefined
  } catch {
    return false
  }
}
