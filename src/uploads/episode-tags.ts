import type { Mp3Tags } from '../audio/id3/tag-area.ts'
import type { App } from '../core/app.ts'
import type { Episode } from '../shows/episode.ts'
import { plainNotes } from '../shows/notes.ts'
import type { Show } from '../shows/show.ts'
import type { StoredChapters } from './recorded-chapters.ts'
import type { Cover } from './store-cover.ts'
import { tagChaptersOf } from './tag-chapters.ts'
import { tagCoverOf } from './tag-cover.ts'

type Options = Readonly<{
  /** For an episode that gets its title from the recording. */
  title?: string
  /** Where the last chapter ends. */
  durationSeconds?: number
  /** The picture and the chapters inside the recording that is being published. */
  cover?: Pick<Cover, 'files'>
  chapters?: StoredChapters
}>

/** What an episode's audio says about itself, as its rows are now. The same rows give the same tags. */
export async function episodeTags(app: App, show: Show, episode: Episode, options: Options = {}): Promise<Mp3Tags> {
  return {
    title: options.title ?? episode.title ?? undefined,
    artist: show.author,
    album: show.title,
    number: episode.number ?? undefined,
    year: new Date(episode.publishAt ?? episode.createdAt).getUTCFullYear(),
    comment: plainNotes(episode.notesHtml) || undefined,
    language: show.language,
    genre: 'Podcast',
    cover: await tagCoverOf(app, show, episode, options.cover),
    chapters: await tagChaptersOf(app, episode, options.chapters),
    durationSeconds: options.durationSeconds,
  }
}
