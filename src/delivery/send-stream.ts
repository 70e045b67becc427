import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { once, watchFlow } from './flow.ts'

/**
 * Writes a body of `length` bytes that comes as a stream, whose head was written, and ends it: no faster than the client takes it.
 * `onEnd` is told once how many bytes were handed on, as in `sendBlocks`. The source is read to its end, or destroyed.
 */
export async function sendStream(
  response: ServerResponse,
  source: Readable,
  length: number,
  onEnd: (bytesSent: number) => Promise<void>,
): Promise<void> {
  let taken = 0
  const tell = once(() => onEnd(taken))
  const flow = watchFlow(response)
  const forget = flow.onClose(() => source.destroy())
  try {
    let sent = 0
    for await (const chunk of source as AsyncIterable<Buffer>) {
      if (flow.isClosed()) return
      sent += chunk.length
      if (sent >= length) {
        taken = length
        await tell()
        if (flow.isClosed()) return
      }
      response.write(chunk)
      await flow.drained()
      if (flow.isClosed()) return
      taken = sent
    }
    if (sent < length) throw new Error('An object is shorter than its row says')
    response.end()
  } catch (error) {
    response.destroy(error as Error)
  } finally {
    forget()
    await tell()
    source.destroy()
  }
}
