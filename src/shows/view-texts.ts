import { chaptersUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { askTextThread } from './ask-text-thread.ts'
import { addressImages } from './chapter-image.ts'
import { jsonChapters } from './chapter-json.ts'
import type { ChapterList } from './chapter-list.ts'
import type { ChaptersView } from './text-schemas.ts'
import type { Transcript } from './transcript.ts'
import { transcriptFiles } from './transcript-forms.ts'

/** Chapters of an episode as the API tells them. */
export async function viewChapters(app: App, episodeId: string, list: ChapterList): Promise<ChaptersView> {
  const { origin, mayBeOff } = list
  const document = jsonChapters(await addressImages(app, episodeId, list.chapters))
  return { ...document, origin, mayBeOff, url: chaptersUrl(app.config, episodeId) }
}

/** A transcript of an episode as the API tells it: JSON in UTF-8, because writing that of thousands of segments takes long. */
export function viewTranscript({ config }: App, episodeId: string, transcript: Transcript): Promise<Uint8Array> {
  const { segments, ...about } = transcript
  return askTextThread('tellTranscript', segments, {
    ...about,
    files: transcriptFiles(config, episodeId, about.origin),
  })
}
