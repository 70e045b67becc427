import { createReadStream } from 'node:fs'
import { stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type ContentHashes, hashContent } from '../content-hashes.ts'
import { runFfmpeg } from '../ffmpeg/ffmpeg.ts'
import { languageCode } from '../id3/language.ts'
import type { Mp3Tags } from '../id3/tag-area.ts'
import { findAudioStart } from './audio-start.ts'
import { ffmetadata } from './ffmetadata.ts'

export type TaggedAac = ContentHashes &
  Readonly<{
    path: string
    bytes: number
    /** Bytes before the first audio: the index and the tags. */
    headerBytes: number
  }>

type Options = Readonly<{
  /** An existing folder; the result is written into it. */
  folder: string
  signal: AbortSignal
}>

/**
 * Copies the AAC of an M4A file into another one with those tags, its index first: title, artist, album, date, cover, and chapters in
 * both forms that players read (Nero's `chpl`, QuickTime's text track). The same stream and tags give the same bytes, whatever tags it
 * had before.
 */
export async function tagAac(source: string, tags: Mp3Tags, { folder, signal }: Options): Promise<TaggedAac> {
  const texts = path.join(folder, 'tags.txt')
  const cover = path.join(folder, 'cover.jpg')
  const target = path.join(folder, 'tagged.m4a')
  await writeFile(texts, ffmetadata(tags))
  if (tags.cover) await writeFile(cover, tags.cover.bytes)
  const picture = ['-map', '2:v:0', '-disposition:v:0', 'attached_pic']
  const parts = ['-map', '0:a:0', '-map_metadata', '1', '-map_chapters', '1', ...(tags.cover ? picture : [])]
  const language = ['-metadata:s:a:0', `language=${languageCode(tags.language ?? '')}`]
  await runFfmpeg(
    { path: source, container: 'mov' },
    (command) => {
      command.input(`file:${texts}`).inputOptions('-f', 'ffmetadata')
      if (tags.cover) command.input(`file:${cover}`).inputOptions('-f', 'jpeg_pipe')
      command.output(target).outputOptions(...parts, '-c', 'copy', ...language, ...plainM4a)
    },
    { signal },
  )
  return { path: target, ...(await factsOf(target)) }
}

/** Without date and name of the program: the same bytes every time. */
export const plainM4a = ['-fflags', '+bitexact', '-flags:a', '+bitexact', '-movflags', '+faststart', '-f', 'ipod']

async function factsOf(file: string): Promise<Omit<TaggedAac, 'path'>> {
  const hashes = hashContent()
  for await (const chunk of createReadStream(file)) hashes.update(chunk)
  const { size } = await stat(file)
  return { bytes: size, headerBytes: await findAudioStart(file), ...hashes.digest() }
}
