/** A chapter as audio files hold them. */
export type RecordedChapter = Readonly<{
  startSeconds: number
  endSeconds?: number
  title?: string
  url?: string
  image?: Readonly<{ type: string; bytes: Uint8Array }>
}>
