import { parentPort, workerData } from 'node:worker_threads'
import type { FeedModel } from './feed-model.ts'
import { renderDocument } from './render-document.ts'

/** The thread of `renderApart`: one document, and it ends. */
const { model, modifiedAt } = workerData as Readonly<{ model: FeedModel; modifiedAt: number }>
parentPort?.postMessage(await renderDocument(model, modifiedAt))
