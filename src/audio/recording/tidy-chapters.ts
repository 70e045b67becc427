import { longestChapterTitle, mostChapters, type RecordedChapter } from './chapter.ts'
import { oneLine } from './one-line.ts'
import { pictureType } from './picture-type.ts'
import { webAddress } from './web-address.ts'

/** A chapter as it stands in a stranger's file. */
export type FoundChapter = Readonly<{
  startSeconds: number
  endSeconds?: number
  title?: string
  url?: string
  image?: Uint8Array
}>

const largestImageBytes = 1024 ** 2
const largestImagesBytes = 32 * 1024 ** 2

/**
 * Chapters as the rest of the program takes them: in order, one a millisecond (with a title if one has), inside the recording,
 * at most 2,000. Titles are one line of at most 255 characters, addresses http or https, images JPEG or PNG of at most 1 MiB
 * and 32 MiB together.
 */
export function tidyChapters(found: readonly FoundChapter[], durationSeconds = Infinity): RecordedChapter[] {
  const chapters = found
    .filter(({ startSeconds }) => startSeconds >= 0 && startSeconds < durationSeconds)
    .map((chapter) => ({ ...chapter, title: oneLine(chapter.title, longestChapterTitle) }))
    .sort((one, other) => startMs(one) - startMs(other) || Number(!one.title) - Number(!other.title))
    .filter((chapter, index, all) => startMs(chapter) !== startMs(all[index - 1]))
    .slice(0, mostChapters)
  const images = tidyImages(chapters.map(({ image }) => image))
  return chapters.map(({ startSeconds, endSeconds = 0, title, url }, index) => ({
    startSeconds,
    endSeconds: endSeconds > startSeconds ? Math.min(endSeconds, durationSeconds) : undefined,
    title,
    url: webAddress(url),
    image: images[index],
  }))
}

const startMs = (chapter: FoundChapter | undefined) => Math.round((chapter?.startSeconds ?? Number.NaN) * 1000)

/** Copies: what is found is a view of a tag of perhaps 50 MB, which must not stay in memory for a small picture. */
function tidyImages(images: readonly (Uint8Array | undefined)[]): RecordedChapter['image'][] {
  let room = largestImagesBytes
  return images.map((image) => {
    const type = image && pictureType(image)
    if (!type || image.length > Math.min(room, largestImageBytes)) return undefined
    room -= image.length
    return { type, bytes: new Uint8Array(image) }
  })
}
