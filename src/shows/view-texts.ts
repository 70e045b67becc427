import { chaptersUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { addressImages } from './chapter-image.ts'
import { jsonChapters } from './chapter-json.ts'
import type { ChapterList } from './chapter-list.ts'
import type { ChaptersView, TranscriptView } from './text-schemas.ts'
import type { Transcript } from './transcript.ts'
import { transcriptFiles } from './transcript-forms.ts'
import { jsonTranscript } from './transcript-json.ts'

/** Chapters of an episode as the API tells them. */
export async function viewChapters(app: App, episodeId: string, list: ChapterList): Promise<ChaptersView> {
  const { origin, mayBeOff } = list
  const document = jsonChapters(await addressImages(app, episodeId, list.chapters))
  return { ...document, origin, mayBeOff, url: chaptersUrl(app.config, episodeId) }
}

/** A transcript of an episode as the API tells it. */
export function viewTranscript({ config }: App, episodeId: string, transcript: Transcript): TranscriptView {
  const { passages, language, origin, mayBeOff } = transcript
  const files = transcriptFiles(config, episodeId, origin)
  return {
    ...(jsonTranscript(passages) as Pick<TranscriptView, 'version' | 'segments'>),
    language,
    origin,
    mayBeOff,
    files,
  }
}
