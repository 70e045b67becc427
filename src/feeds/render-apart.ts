import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { builtFolder } from '../core/paths.ts'
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
  // It needs nothing of what this process was started with.
  const thread = new Worker(`${builtFolder('feeds')}/render-thread.js`, {
    execArgv: [],
    workerData: { model, modifiedAt },
  })
  const [rendered] = await once(thread, 'message')
  return { gzip: Buffer.from(rendered.gzip), brotli: rendered.brotli && Buffer.from(rendered.brotli) }
}
