import { parentPort, workerData } from 'node:worker_threads'
import { type IAudioMetadata, parseFromTokenizer, selectCover } from 'music-metadata'
import { fromFile } from 'strtok3'
import type { FoundTags } from './tidy-tags.ts'

const mostBytes = 64 * 1024 ** 2

/** A thread that reads the tags of one file, as they stand. */
parentPort?.postMessage(describe(await parse(workerData)))

async function parse(path: string): Promise<IAudioMetadata['common']> {
  const tokenizer = await fromFile(path, { maxBufferSize: mostBytes })
  // music-metadata believes a file name before the content.
  tokenizer.fileInfo.path = undefined
  const read = tokenizer.readBuffer.bind(tokenizer)
  let left = mostBytes
  tokenizer.readBuffer = async (buffer, options) => {
    left -= buffer.length
    if (left < 0) throw new Error('There are more tags in this file than anybody needs')
    return read(buffer, options)
  }
  return (await parseFromTokenizer(tokenizer, { duration: false })).common
}

function describe(common: IAudioMetadata['common']): FoundTags {
  const { title, artist, album, year, comment, picture } = common
  return { title, artist, album, year, comment: comment?.[0]?.text, cover: selectCover(picture)?.data }
}
