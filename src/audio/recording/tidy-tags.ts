import { oneLine } from './one-line.ts'
import { pictureType } from './picture-type.ts'

/** What stands in a stranger's tags. */
export type FoundTags = Readonly<{
  title?: string
  artist?: string
  album?: string
  year?: number
  comment?: string
  cover?: Uint8Array
}>

/** What a recording says about itself. */
export type Tags = Omit<FoundTags, 'cover'> &
  Readonly<{ cover?: Readonly<{ type: 'image/jpeg' | 'image/png'; bytes: Uint8Array }> }>

const longestText = 1000
const largestCoverBytes = 20 * 1024 ** 2

/** Tags as the rest of the program takes them: text is one line of at most 1,000 characters, a cover JPEG or PNG of at most 20 MiB. */
export function tidyTags({ title, artist, album, year, comment, cover }: FoundTags): Tags {
  return {
    title: oneLine(title, longestText),
    artist: oneLine(artist, longestText),
    album: oneLine(album, longestText),
    year: year && year > 0 && year < 10_000 ? year : undefined,
    comment: oneLine(comment, longestText),
    cover: tidyCover(cover),
  }
}

/** A copy: what is found may be a view of a tag of 50 MB, which must not stay in memory for a small picture. */
function tidyCover(bytes: Uint8Array | undefined): Tags['cover'] {
  if (!bytes || bytes.length > largestCoverBytes) return
  const type = pictureType(bytes)
  return type && { type, bytes: new Uint8Array(bytes) }
}
