import type { OpenApp } from '../../../src/app.ts'
import { newId } from '../../../src/core/ids.ts'
import { renderNotes, summaryOf } from '../../../src/shows/notes.ts'
import { unpublishEpisode } from '../../../src/shows/publication.ts'
import { createShow, type Show } from '../../../src/shows/show.ts'
import { publishedEpisode } from '../../../test/fixtures/published-episode.ts'
import { aShow } from '../../../test/station.ts'
import { seededRandom } from '../../sample/random.ts'
import { insertCopies } from '../insert-copies.ts'

const weekMs = 7 * 24 * 60 * 60 * 1000
const vocabulary = 1_500
const syllables = ['lo', 'ra', 'mi', 'ten', 'sa', 'vo', 'ki', 'du', 'nel', 'fa', 'bor', 'es', 'tu', 'gri', 'pa', 'wen']

export type LongShow = Readonly<{
  show: Show
  /** Ready, and not published. */
  readyId: string
}>

/** What stands below the notes of each episode. */
const sameEverywhere = [
  'Follow the show wherever you listen, and tell a friend. Questions and recordings of your own go to hello@example.com.',
  'Support us at [example.com/support](https://example.com/support). Music by The Night Band. Produced by The Author.',
]

/** A show with that many published episodes, all on one page of its feed, each with two paragraphs of its own in its notes. */
export async function makeLongShow(app: OpenApp, count: number): Promise<LongShow> {
  const show = await createShow(app, { ...aShow, feedPageSize: count })
  const ready = await publishedEpisode({ app }, show, { title: 'Ready' })
  await unpublishEpisode(app, ready.id)
  const { id } = await publishedEpisode({ app }, show, { publishAt: Date.now() - count * weekMs })
  await copyEpisode(app, id, count - 1)
  return { show, readyId: ready.id }
}

async function copyEpisode({ db }: OpenApp, id: string, count: number): Promise<void> {
  const episode = await db.selectFrom('episode').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const rendition = await db.selectFrom('rendition').selectAll().where('episodeId', '=', id).executeTakeFirstOrThrow()
  const random = seededRandom(count)
  const copies = Array.from({ length: count }, (_, index) => {
    const [copyId, renditionId] = [newId(), newId()]
    const title = words(random, 6)
    const notes = [words(random, 60), words(random, 60), ...sameEverywhere].join('\n\n')
    const notesHtml = renderNotes(notes)
    const slug = `${title.replaceAll(' ', '-')}-${index}`
    return {
      episode: {
        ...episode,
        ...{ id: copyId, guid: crypto.randomUUID(), slug, enclosureFile: `${slug}.mp3`, renditionId },
        ...{ title, notes, notesHtml, summary: summaryOf(notesHtml), number: index + 1 },
        publishAt: (episode.publishAt ?? 0) + (index + 1) * weekMs - 1,
      },
      rendition: { ...rendition, id: renditionId, episodeId: copyId, bytes: 20_000_000 + Math.floor(random() * 1e7) },
    }
  })
  await insertCopies(db, copies)
}

/** Some words come often, as they do in any language. */
function words(random: () => number, count: number): string {
  return Array.from({ length: count }, () => wordNumbered(Math.floor(vocabulary ** random()))).join(' ')
}

function wordNumbered(number: number): string {
  const random = seededRandom(number)
  const length = number < 50 ? 1 : 1 + Math.floor(random() * 3)
  return Array.from({ length }, () => syllables[Math.floor(random() * syllables.length)]).join('')
}
