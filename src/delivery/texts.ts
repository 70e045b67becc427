import type { App } from '../core/app.ts'
import { notFound } from '../core/errors.ts'
import { askTextThread } from '../shows/ask-text-thread.ts'
import { addressImages } from '../shows/chapter-image.ts'
import { jsonChapters } from '../shows/chapter-json.ts'
import { findChapters } from '../shows/chapter-list.ts'
import { type Episode, getEpisode } from '../shows/episode.ts'
import { createShowCache } from '../shows/show-cache.ts'
import { findTranscript } from '../shows/transcript.ts'
import { tryParseForm } from '../shows/transcript-forms.ts'
import { type TextDocument, textDocument } from './send-text.ts'

/** A transcript of an hour has 100 KB or so. */
const keptTexts = 50

/** Chapters and transcripts ready to be sent, kept in this process until their show changes. */
export function createTextLookup(app: App) {
  const cache = createShowCache<TextDocument>(app.changes, keptTexts, async (key) => {
    const [episodeId = '', file = ''] = key.split('/')
    const episode = await getEpisode(app.db, episodeId)
    const value = file === 'chapters.json' ? await makeChapters(app, episode) : await makeTranscript(app, episode, file)
    if (!value) throw notFound('text', file)
    return { showId: episode.showId, value }
  })
  return {
    /** `chapters.json`, or `transcript.` with one of its forms. Throws `not-found` and `gone`. */
    get: (episodeId: string, file: string) => cache.get(`${episodeId}/${file}`),
    close: cache.close,
  }
}

async function makeChapters(app: App, episode: Episode): Promise<TextDocument | undefined> {
  const found = await findChapters(app.db, episode)
  if (!found) return undefined
  const document = jsonChapters(await addressImages(app, episode.id, found.chapters))
  return textDocument('application/json+chapters', JSON.stringify(document))
}

async function makeTranscript(app: App, episode: Episode, file: string): Promise<TextDocument | undefined> {
  const form = tryParseForm(file.replace(/^transcript\./, ''))
  const found = form && (await findTranscript(app.db, episode))
  const printed = found && (await askTextThread('printStored', form, found.segments, found.language))
  return printed && { ...printed, body: Buffer.from(printed.body.buffer), etag: `"${printed.sha256}"` }
}
