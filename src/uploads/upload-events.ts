import type { App } from '../core/app.ts'
import { isEnded } from '../shows/upload-state.ts'
import { getUploadView } from './upload.ts'

const lookEveryMs = 300
const beatEveryMs = 15_000

/**
 * An upload's progress as server-sent events (WHATWG HTML §9.2): an `upload` event with the upload's JSON at each change,
 * until it ends; a comment now and then keeps proxies from closing the line. Throws `not-found`.
 */
export async function* uploadEvents(app: App, id: string, signal: AbortSignal): AsyncGenerator<string> {
  let last = ''
  let quietSince = app.clock.now()
  while (!signal.aborted) {
    const view = await getUploadView(app, id)
    const text = JSON.stringify(view)
    if (text !== last) yield `event: upload\ndata: ${text}\n\n`
    else if (app.clock.now() - quietSince > beatEveryMs) yield ': still there\n\n'
    if (text !== last || app.clock.now() - quietSince > beatEveryMs) quietSince = app.clock.now()
    last = text
    if (isEnded(view)) return
    await app.clock.sleep(lookEveryMs, signal)
  }
}
