import type { UploadView } from '../../shows/schemas.ts'
import { problemWords } from './problem.ts'
import { isAtWork } from './words.ts'

type Listener = Readonly<{ onChange(upload: UploadView): void; onLost(words: string): void }>

const retryMs = 3_000

/** Tells of an upload's states until it ends, over broken lines and restarts of the server. Returns the way to stop. */
export function followUpload(uploadId: string, { onChange, onLost }: Listener): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined

  function open(): void {
    source = new EventSource(`/api/uploads/${uploadId}/events`)
    source.addEventListener('upload', ({ data }) => {
      const upload: UploadView = JSON.parse(data)
      if (!isAtWork(upload.state)) source.close()
      onChange(upload)
    })
    source.addEventListener('error', () => {
      // Browsers reconnect after a broken line, but not after an answer that was an error.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(reopen, retryMs)
    })
  }

  async function reopen(): Promise<void> {
    const response = await fetch(`/api/uploads/${uploadId}`).catch(() => undefined)
    if (response && [401, 404].includes(response.status)) {
      onLost(problemWords(response.status, await response.text()))
    } else open()
  }

  open()
  return () => {
    clearTimeout(timer)
    source.close()
  }
}
