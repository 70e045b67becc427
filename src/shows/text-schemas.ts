import { type Static, Type } from '@fastify/type-provider-typebox'

const MayBeOff = Type.Boolean({
  description: 'whether its times may be off, because the audio was replaced since it was made',
})

const ChapterOrigin = Type.String({
  description: 'recording: found in the upload; file; api; notes: the times in the show notes',
})

/** Chapters in short, as an episode tells of them. */
export const ChaptersSummary = Type.Object({
  count: Type.Integer(),
  origin: ChapterOrigin,
  mayBeOff: MayBeOff,
  url: Type.String({ description: 'JSON chapters 1.2, once the episode is public' }),
})

/** A document of JSON chapters 1.2, which may be sent back as it is. */
export const ChaptersView = Type.Object(
  {
    version: Type.String(),
    chapters: Type.Array(
      Type.Object({
        startTime: Type.Number({ description: 'seconds' }),
        endTime: Type.Optional(Type.Number()),
        title: Type.Optional(Type.String()),
        url: Type.Optional(Type.String()),
        img: Type.Optional(Type.String()),
        toc: Type.Optional(Type.Boolean({ description: 'false: not shown in lists' })),
      }),
    ),
    origin: ChapterOrigin,
    mayBeOff: MayBeOff,
    url: Type.String(),
  },
  { $id: 'Chapters' },
)
export type ChaptersView = Static<typeof ChaptersView>

/** One of the forms of a transcript, at its public address. */
const TranscriptFile = Type.Object({ type: Type.String(), url: Type.String() })
export type TranscriptFile = Static<typeof TranscriptFile>

/** A transcript in short, as an episode tells of it. */
export const TranscriptSummary = Type.Object({
  language: Type.String(),
  origin: Type.String({ description: 'the media type in which it came; transcriber: made by the station' }),
  mayBeOff: MayBeOff,
  files: Type.Array(TranscriptFile),
})
export type TranscriptSummary = Static<typeof TranscriptSummary>

/** What became of the wish that the station transcribes an episode. */
export const TranscriptionView = Type.Object(
  {
    state: Type.String({ description: 'waiting, transcribing, ready, failed or cancelled' }),
    progress: Type.Union([Type.Number({ minimum: 0, maximum: 1, description: 'null: not known' }), Type.Null()]),
    reason: Type.Optional(Type.String({ description: 'why it failed or was cancelled, and what to do' })),
  },
  { $id: 'Transcription' },
)
export type TranscriptionView = Static<typeof TranscriptionView>

/** A transcript in the JSON form of the podcast namespace, which may be sent back as it is when it has times. */
export const TranscriptView = Type.Object(
  {
    version: Type.String(),
    segments: Type.Array(
      Type.Object({
        speaker: Type.Optional(Type.String()),
        startTime: Type.Optional(Type.Number({ description: 'seconds; absent in plain text' })),
        endTime: Type.Optional(Type.Number()),
        body: Type.String(),
      }),
    ),
    ...TranscriptSummary.properties,
  },
  { $id: 'Transcript' },
)
export type TranscriptView = Static<typeof TranscriptView>
