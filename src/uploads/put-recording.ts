import { Readable, Transform } from 'node:stream'
import { type DataStore, Upload as IncomingFile } from '@tus/server'
import type { App } from '../core/app.ts'
import { newId } from '../core/ids.ts'
import type { Upload } from '../shows/upload-state.ts'
import { getEpisodeToFill, receiveUpload } from './receive-upload.ts'
import { brokenOff, notStored, overLimit } from './refusals.ts'
import { type Declaration, metadataOf } from './upload.ts'

/**
 * The plain door: one PUT with the whole recording, streamed to the incoming store. `size` is the Content-Length, when there is
 * one. A body that breaks off or is over `MAX_UPLOAD_BYTES` leaves nothing behind.
 * Throws `too-large`, `invalid`, `unavailable` and what `receiveUpload` throws.
 */
export async function putRecording(
  app: App,
  declaration: Declaration,
  body: Readable,
  size: number | undefined,
): Promise<Upload> {
  const { maxUploadBytes } = app.config
  if (size !== undefined && size > maxUploadBytes) throw overLimit(maxUploadBytes)
  const sender = watchSender(body, maxUploadBytes)
  await getEpisodeToFill(app, declaration.episodeId)
  const id = newId()
  const bytes = await writeWhole(app, id, declaration, sender, size)
  return receiveUpload(app, id, declaration, bytes)
}

async function writeWhole(
  { incoming, config }: App,
  id: string,
  declaration: Declaration,
  sender: Sender,
  size: number | undefined,
): Promise<number> {
  const { store } = incoming
  const storeId = incoming.storeId(id)
  try {
    await store.create(new IncomingFile({ id: storeId, size, offset: 0, metadata: metadataOf(declaration) }))
    const bytes = await store.write(sender.startReading(), storeId, 0)
    if (size === undefined) await declareLength(store, storeId, bytes)
    else if (bytes !== size) throw brokenOff()
    return bytes
  } catch (error) {
    await incoming.remove(id)
    if (sender.metered.isOver) throw overLimit(config.maxUploadBytes)
    throw sender.isGone() ? brokenOff() : notStored(error)
  }
}

type Sender = Readonly<{ metered: Meter; isGone(): boolean; startReading(): Meter }>

/** Watches the sender from the first moment on: one that goes away ends the stream that the store reads, or will read. */
function watchSender(body: Readable, limit: number): Sender {
  const metered = new Meter(limit)
  let isGone = false
  const leave = () => {
    isGone = !body.readableEnded
    if (isGone) metered.destroy(new Error('the sender went away'))
  }
  // Until the store reads it, nobody else listens.
  metered.on('error', () => {})
  body.once('error', leave).once('close', leave)
  if (body.destroyed) leave()
  return { metered, isGone: () => isGone, startReading: () => body.pipe(metered) }
}

/** With its length known at last, a store can finish the file: S3 does so at the next write. */
async function declareLength(store: DataStore, storeId: string, bytes: number): Promise<void> {
  await store.declareUploadLength(storeId, bytes)
  await store.write(Readable.from([]), storeId, bytes)
}

/** Passes bytes on until there are too many. */
class Meter extends Transform {
  isOver = false
  #left: number

  constructor(limit: number) {
    super()
    this.#left = limit
  }

  override _transform(chunk: Buffer, _: BufferEncoding, done: (error?: Error | null, chunk?: Buffer) => void): void {
    this.#left -= chunk.length
    this.isOver = this.#left < 0
    if (this.isOver) done(new Error('over the limit'))
    else done(null, chunk)
  }
}
