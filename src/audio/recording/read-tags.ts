import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { startThread } from '../../core/start-thread.ts'
import { watchRun } from '../ffmpeg/watch-run.ts'
import { parseId3Tags } from '../id3/parse-tags.ts'
import { readId3Tag } from '../id3/read-tag.ts'
import { type FoundTags, type Tags, tidyTags } from './tidy-tags.ts'

type Options = Readonly<{ signal: AbortSignal }>

const limitSeconds = 5
const heapMegabytes = 64

/**
 * What a recording says about itself, bounded and cleaned as tidyTags says. Tags that cannot be parsed, or only with more time or
 * memory than tags are worth, are `{}`: they are never a reason to refuse a recording. Throws the signal's reason, and when the
 * file cannot be read.
 */
export async function readTags(path: string, { signal }: Options): Promise<Tags> {
  return tidyTags((await readOwn(path)) ?? (await readElsewhere(path, { signal })))
}

/** Undefined where there is no ID3 tag, or none that says anything. */
async function readOwn(path: string): Promise<FoundTags | undefined> {
  const file = await open(path)
  try {
    const tag = await readId3Tag(file, {})
    return tag && parseId3Tags(tag)
  } finally {
    await file.close()
  }
}

/** All other kinds of tags: in a thread, because a few megabytes of them can keep music-metadata busy for minutes. */
async function readElsewhere(path: string, { signal }: Options): Promise<FoundTags> {
  signal.throwIfAborted()
  const watch = watchRun({ limitSeconds })
  const thread = startThread('audio/recording/tag-thread', { workerData: path, heapMegabytes })
  try {
    const [found] = await once(thread, 'message', { signal: AbortSignal.any([signal, watch.signal]) })
    return found
  } catch {
    signal.throwIfAborted()
    return {}
  } finally {
    watch.end()
    await thread.terminate()
  }
}
