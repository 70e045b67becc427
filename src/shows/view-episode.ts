import { chaptersUrl, episodeUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import type { Db } from '../core/db.ts'
import { findAlternates } from './alternate.ts'
import { findArtworks, viewArtwork } from './artwork.ts'
import { type ChapterRow, effectiveChapters, findChapterRows } from './chapter-list.ts'
import type { Episode } from './episode.ts'
import { episodeState } from './episode-state.ts'
import { type EpisodeFeedTags, parseTags } from './feed-tags.ts'
import { findRenditions, mayBeOff, type Rendition } from './rendition.ts'
import type { EpisodeView } from './schemas.ts'
import type { Show } from './show.ts'
import { findTranscriptRows, type TranscriptRow } from './transcript.ts'
import { transcriptFiles } from './transcript-forms.ts'
import { findTranscriptions, viewTranscription } from './transcription-state.ts'
import { type Upload, viewUpload } from './upload-state.ts'
import { viewAudio } from './view-audio.ts'
import { renditionsWithWaveform } from './waveform.ts'

/** Episodes of one show as the API tells them, in the same order: nine queries, however many they are. */
export async function viewEpisodes(app: App, show: Show, episodes: readonly Episode[]): Promise<EpisodeView[]> {
  const { db, config, clock } = app
  const ids = episodes.map(({ id }) => id)
  const renditionIds = episodes.map((episode) => episode.renditionId)
  const [renditions, alternates, outlined, uploads, artworks, chapters, transcripts, transcriptions] =
    await Promise.all([
      findRenditions(app, renditionIds),
      findAlternates(app, renditionIds),
      renditionsWithWaveform(db, renditionIds),
      findUploads(
        db,
        episodes.map((episode) => episode.uploadId),
      ),
      findArtworks(db, [show.artworkId, ...episodes.map((episode) => episode.artworkId)]),
      findChapterRows(db, ids),
      findTranscriptRows(db, ids),
      findTranscriptions(db, ids),
    ])
  return episodes.map((episode) => {
    const rendition = renditions.get(episode.renditionId ?? '')
    const upload = uploads.get(episode.uploadId ?? '')
    const transcription = transcriptions.get(episode.id)
    return {
      ...parseTags<EpisodeFeedTags>(episode),
      id: episode.id,
      showId: episode.showId,
      slug: episode.slug,
      guid: episode.guid,
      title: episode.title,
      notes: episode.notes,
      notesHtml: episode.notesHtml,
      summary: episode.summary,
      season: episode.season,
      number: episode.number,
      type: episode.type as EpisodeView['type'],
      explicit: episode.explicit === null ? null : episode.explicit === 1,
      state: episodeState(episode, upload, clock.now()),
      ...(episode.publishAt !== null && { publishAt: new Date(episode.publishAt).toISOString() }),
      pageUrl: episodeUrl(config, show.slug, episode.slug),
      ...viewArtwork(config, artworks.get(episode.artworkId ?? ''), artworks.get(show.artworkId ?? '')),
      ...(rendition && {
        audio: viewAudio(config, episode, rendition, {
          hasWaveform: outlined.has(rendition.id),
          alternate: alternates.get(rendition.id),
        }),
      }),
      ...(upload && { upload: viewUpload(upload) }),
      ...summariseChapters(app, episode, chapters.get(episode.id), rendition),
      ...summariseTranscript(app, transcripts.get(episode.id), rendition),
      ...(transcription && { transcription: viewTranscription(transcription) }),
      createdAt: new Date(episode.createdAt).toISOString(),
      updatedAt: new Date(episode.updatedAt).toISOString(),
    }
  })
}

export async function viewEpisode(app: App, show: Show, episode: Episode): Promise<EpisodeView> {
  const [view] = await viewEpisodes(app, show, [episode])
  return view as EpisodeView
}

async function findUploads(db: Db, ids: readonly (string | null)[]): Promise<Map<string, Upload>> {
  const wanted = ids.filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const rows = await db.selectFrom('upload').selectAll().where('id', 'in', wanted).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

function summariseChapters(
  { config }: App,
  episode: Episode,
  row: ChapterRow | undefined,
  rendition: Rendition | undefined,
): Pick<EpisodeView, 'chapters'> {
  const list = effectiveChapters(episode, row, rendition)
  if (!list) return {}
  const { chapters, origin, mayBeOff } = list
  return { chapters: { count: chapters.length, origin, mayBeOff, url: chaptersUrl(config, episode.id) } }
}

function summariseTranscript(
  { config }: App,
  row: TranscriptRow | undefined,
  rendition: Rendition | undefined,
): Pick<EpisodeView, 'transcript'> {
  if (!row) return {}
  const { episodeId, language, origin, uploadId } = row
  const files = transcriptFiles(config, episodeId, origin)
  return { transcript: { language, origin, mayBeOff: mayBeOff(uploadId, rendition), files } }
}
