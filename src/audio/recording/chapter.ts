/** A chapter as a recording has it, or as it is written into one. */
export type RecordedChapter = Readonly<{
  startSeconds: number
  /** Without it, the chapter lasts to the next one. */
  endSeconds?: number
  title?: string
  /** http or https. */
  url?: string
  image?: Readonly<{ type: 'image/jpeg' | 'image/png'; bytes: Uint8Array }>
}>

/** More are not read from a recording, and not written into one. */
export const mostChapters = 2000
export const longestChapterTitle = 255
