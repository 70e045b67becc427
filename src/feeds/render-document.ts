import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'
import type { FeedModel } from './feed-model.ts'
import { feedParts } from './feed-xml.ts'

/** A document as it is stored; `brotli` is null for a private one, which is compressed anew for each subscriber. */
export type RenderedDocument = Readonly<{ gzip: Buffer; brotli: Buffer | null }>

export type RenderDocument = (model: FeedModel, modifiedAt: number) => Promise<RenderedDocument>

/** Characters of XML that are written between two looks at what else there is to do. */
const chunkChars = 64 * 1024

/** What the compressors give back at once, in bytes. */
const chunkSize = 256 * 1024

/** Writes the XML a chunk at a time, while other threads compress what is written already. `modifiedAt` is epoch ms. */
export async function renderDocument(model: FeedModel, modifiedAt: number): Promise<RenderedDocument> {
  const gzip = createGzip({ chunkSize })
  const brotli = model.isPrivate ? undefined : createBrotliCompress(brotliOptions)
  const compressed = Promise.all([buffer(gzip), brotli ? buffer(brotli) : null])
  for (const chunk of inChunks(feedParts(model, modifiedAt))) {
    gzip.write(chunk)
    brotli?.write(chunk)
    await setImmediate()
  }
  gzip.end()
  brotli?.end()
  const [gzipped, brotlied] = await compressed
  return { gzip: gzipped, brotli: brotlied }
}

function* inChunks(parts: Iterable<string>): Generator<Buffer> {
  let chunk = ''
  for (const part of parts) {
    chunk += part
    if (chunk.length < chunkChars) continue
    yield Buffer.from(chunk)
    chunk = ''
  }
  yield Buffer.from(chunk)
}

/** Like gzip's usual level: higher ones take three times as long to save some percent. A window of 4 MB sees the whole of most feeds. */
const brotliOptions = {
  chunkSize,
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
}
