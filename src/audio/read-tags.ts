import { type IAudioMetadata, parseFromTokenizer, selectCover } from 'music-metadata'
import { fromFile } from 'strtok3'
import { oneLine } from './one-line.ts'
import { pictureType } from './picture-type.ts'

export type Tags = Readonly<{
  title?: string
  artist?: string
  album?: string
  year?: number
  comment?: string
  cover?: Readonly<{ type: 'image/jpeg' | 'image/png'; bytes: Uint8Array }>
}>

const longestText = 1000
const largestCoverBytes = 20 * 1024 ** 2

/**
 * What a recording says about itself. Text is one line without control characters, at most 1,000 characters; a cover is at
 * most 20 MiB. Tags that cannot be parsed are `{}`: they are never a reason to refuse a recording.
 */
export async function readTags(path: string): Promise<Tags> {
  const common = await parseTags(path)
  if (!common) return {}
  return {
    title: oneLine(common.title, longestText),
    artist: oneLine(common.artist, longestText),
    album: oneLine(common.album, longestText),
    year: common.year,
    comment: oneLine(common.comment?.[0]?.text, longestText),
    cover: coverOf(common),
  }
}

async function parseTags(path: string): Promise<IAudioMetadata['common'] | undefined> {
  const tokenizer = await fromFile(path)
  // music-metadata believes a file name before the content.
  tokenizer.fileInfo.path = undefined
  try {
    return (await parseFromTokenizer(tokenizer, { duration: false })).common
  } catch {
    return undefined
  } finally {
    await tokenizer.close()
  }
}

function coverOf(common: IAudioMetadata['common']): Tags['cover'] {
  const bytes = selectCover(common.picture)?.data
  if (!bytes || bytes.length > largestCoverBytes) return
  const type = pictureType(bytes)
  return type && { type, bytes }
}
