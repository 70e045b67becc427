import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FeedModel } from './feed-model.ts'
import { feedXml } from './feed-xml.ts'

const gzipAsync = promisify(gzip)
const brotliAsync = promisify(brotliCompress)

/** A document as it is stored; `brotli` is null for a private one, which is compressed anew for each subscriber. */
export type RenderedDocument = Readonly<{ gzip: Buffer; brotli: Buffer | null }>

export type RenderDocument = (model: FeedModel, modifiedAt: number) => Promise<RenderedDocument>

/** Writes the XML, which holds this thread for a while, and compresses it, which does not. `modifiedAt` is epoch ms. */
export async function renderDocument(model: FeedModel, modifiedAt: number): Promise<RenderedDocument> {
  const xml = Buffer.from(feedXml(model, modifiedAt))
  const [gzipped, brotli] = await Promise.all([
    gzipAsync(xml),
    model.isPrivate ? null : brotliAsync(xml, brotliOptions(xml.length)),
  ])
  return { gzip: gzipped, brotli }
}

/** Like gzip's usual level: higher ones take three times as long to save some percent. A window of 4 MB sees the whole of most feeds. */
const brotliOptions = (bytes: number) => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
  },
})
