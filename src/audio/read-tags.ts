import { type IAudioMetadata, parseFromTokenizer, selectCover } from 'music-metadata'
import { fromFile } from 'strtok3'

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
    title: clean(common.title),
    artist: clean(common.artist),
    album: clean(common.album),
    year: common.year,
    comment: clean(common.comment?.[0]?.text),
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

function clean(text: string | undefined): string | undefined {
  const line = text
    ?.slice(0, 4 * longestText)
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/\p{Surrogate}/gu, '')
    .trim()
  return line ? Array.from(line).slice(0, longestText).join('').trim() : undefined
}

function coverOf(common: IAudioMetadata['common']): Tags['cover'] {
  const bytes = selectCover(common.picture)?.data
  if (!bytes || bytes.length > largestCoverBytes) return
  const start = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (start.startsWith('ffd8ff')) return { type: 'image/jpeg', bytes }
  if (start === '89504e47') return { type: 'image/png', bytes }
}
