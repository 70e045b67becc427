import type { Tags } from '../audio/recording/tidy-tags.ts'
import { oneLine } from '../shows/one-line.ts'

/** The episode's own title; else the recording's, from its tags; else its file name, made readable. */
export function titleOf(episode: { title: string | null }, tags: Tags, filename: string): string {
  if (episode.title !== null) return episode.title
  return oneLine(tags.title ?? '').slice(0, 255) || readableName(filename)
}

/** `My_first-show.WAV` -> `My first show` */
export function readableName(filename: string): string {
  const name = filename.replace(/\.[a-z0-9]{1,8}$/i, '').replace(/[_-]+/g, ' ')
  return oneLine(name) || 'Untitled'
}
