import { once } from 'node:events'
import { startThread } from '../core/start-thread.ts'
import type { FeedModel } from './feed-model.ts'
import type { RenderDocument, RenderedDocument } from './render-document.ts'

let last: Promise<unknown> = Promise.resolve()

/**
 * `renderDocument` in a thread of its own, for a process that serves meanwhile: one document at a time, others wait. Rejects as
 * it does.
 */
export const renderApart: RenderDocument = (model, modifiedAt) => {
  const mine = last.then(() => renderInThread(model, modifiedAt))
  last = mine.catch(() => {})
  return mine
}

async function renderInThread(model: FeedModel, modifiedAt: number): Promise<RenderedDocument> {
  const [rendered] = await once(startThread('feeds/render-thread', { workerData: { model, modifiedAt } }), 'message')
  return { gzip: Buffer.from(rendered.gzip), brotli: rendered.brotli && Buffer.from(rendered.brotli) }
}
