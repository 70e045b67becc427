import type { ServedArtwork } from '../shows/artwork.ts'
import type { Deliverable } from './deliver.ts'

/**
 * What the last part of a picture's address names: `cover.jpg` the one for directories, `600.webp` that size and form. While
 * none were made yet, the upload itself is the cover, under its own extension; `moved`: that address was in feeds, once.
 * Undefined: there is no such file.
 */
export function pictureNamed(artwork: ServedArtwork, file: string): Deliverable | 'moved' | undefined {
  const { files, createdAt } = artwork
  if (files.length === 0) return file === `cover.${extensionOf(artwork.type)}` ? artwork : undefined
  if (file === 'cover.png') return 'moved'
  const jpegs = files.filter(({ type }) => type === 'image/jpeg')
  const found =
    file === 'cover.jpg' ? jpegs[0] : files.find(({ size, type }) => file === `${size}.${extensionOf(type)}`)
  return found && { ...found, createdAt }
}

const extensionOf = (type: string) => (type === 'image/jpeg' ? 'jpg' : type.replace('image/', ''))
