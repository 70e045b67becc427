import type { UploadView } from '../../shows/schemas.ts'
import { followMeasuring } from './follow-measuring.ts'
import { followUpload } from './follow-upload.ts'
import { warnOnLeaving } from './leave-warning.ts'
import { createPace } from './pace.ts'
import { createPanel, type PanelView } from './panel.ts'
import { problemWords } from './problem.ts'
import { refreshEpisode } from './refresh-episode.ts'
import { type Recording, type Sending, sendRecording } from './send-recording.ts'
import { findUnfinished } from './unfinished-uploads.ts'
import { isAtWork, percentWords, sendingFigures, uploadWords } from './words.ts'

/** What is under way for an episode, and how to cancel it. */
type Work = { cancel(): Promise<void>; pause?(): void; resume?(): void; leave?(): void }

/** An episode's recording, from the choice of a file to the finished audio. */
export function bindRecording(episode: HTMLElement): void {
  const episodeId = episode.dataset.episode ?? ''
  const panel = createPanel(episode, {
    onChoose: send,
    onPause: () => work?.pause?.(),
    onResume: () => work?.resume?.(),
    onCancel: cancel,
  })
  let work: Work | undefined

  async function send(file: File, keepAudio: boolean): Promise<void> {
    work?.leave?.()
    work = await startSending({ file, episodeId, keepAudio }, show, follow)
  }

  function follow(uploadId: string): void {
    let lastState = ''
    const leave = followUpload(uploadId, {
      onChange(upload) {
        show(viewOf(upload))
        if (upload.state !== lastState && lookAgainAt.includes(upload.state)) lookAgain(upload.state)
        lastState = upload.state
      },
      onLost: (words) => show({ state: 'lost', words, isProblem: true, canChoose: true }),
    })
    work = { leave, cancel: () => cancelOnServer(uploadId) }
  }

  async function lookAgain(state: string): Promise<void> {
    await refreshEpisode(episode)
    if (state === 'ready') await followMeasuring(episode)
  }

  async function cancel(): Promise<void> {
    try {
      await work?.cancel()
    } catch (error) {
      show({ state: 'failed', words: (error as Error).message, isProblem: true, canChoose: true })
    }
  }

  function show(view: PanelView): void {
    panel.show(view)
    warnOnLeaving(episode, view.state === 'sending' || view.state === 'waiting')
  }

  const uploadId = episode.querySelector<HTMLElement>('[data-upload]')?.dataset.upload
  if (uploadId) follow(uploadId)
  else offerToGoOn(episodeId, show)
}

/** The states at which the episode itself becomes another. */
const lookAgainAt = ['received', 'ready', 'failed', 'cancelled']

async function startSending(
  recording: Recording,
  show: (view: PanelView) => void,
  onSent: (uploadId: string) => void,
): Promise<Work> {
  const { file } = recording
  let pace = createPace()
  let reached: Pick<PanelView, 'fraction' | 'figures'> = { fraction: 0 }
  const showSending = () =>
    show({
      state: 'sending',
      words: `Sending “${file.name}”. Keep this page open.`,
      ...reached,
      buttons: ['pause', 'cancel'],
      canChoose: false,
    })

  showSending()
  const sending: Sending = await sendRecording(recording, {
    onProgress(sent, total) {
      pace.add(sent, performance.now())
      const fraction = total ? sent / total : 0
      reached = { fraction, figures: sendingFigures(sent, total, pace.bytesPerSecond()) }
      showSending()
    },
    onTrouble() {
      pace = createPace()
      const words = 'The connection broke. Trying again…'
      show({ state: 'waiting', words, ...reached, buttons: ['pause', 'cancel'], canChoose: false })
    },
    onSent,
    onFailed(words, canResume) {
      pace = createPace()
      const rest: Partial<PanelView> = canResume ? { ...reached, buttons: ['resume', 'cancel'] } : {}
      show({ state: 'failed', words, isProblem: true, canChoose: true, ...rest })
    },
  })
  return {
    pause() {
      sending.pause()
      pace = createPace()
      const words = `Paused “${file.name}”. What has arrived is kept for a week.`
      show({ state: 'paused', words, fraction: reached.fraction, buttons: ['resume', 'cancel'], canChoose: true })
    },
    resume() {
      showSending()
      sending.resume()
    },
    leave: () => sending.pause(),
    async cancel() {
      show({ state: 'cancelled', words: `“${file.name}” was cancelled.`, canChoose: true })
      await sending.cancel()
    },
  }
}

/** An upload that the server is working on, or has ended. */
function viewOf(upload: UploadView): PanelView {
  const { state, progress, warnings } = upload
  const words = uploadWords(upload)
  if (!isAtWork(state)) return { state, words, warnings, isProblem: state === 'failed', canChoose: true }
  return { state, words, fraction: progress, figures: percentWords(progress), buttons: ['cancel'], canChoose: true }
}

/** Throws an error with words for people. */
async function cancelOnServer(uploadId: string): Promise<void> {
  const response = await fetch(`/api/uploads/${uploadId}`, { method: 'DELETE' })
  if (!response.ok) throw new Error(problemWords(response.status, await response.text()))
}

/** After a reload or a crash: a page may not read the file again by itself. */
async function offerToGoOn(episodeId: string, show: (view: PanelView) => void): Promise<void> {
  const unfinished = await findUnfinished(episodeId)
  if (!unfinished) return
  const { upload, keepAudio } = unfinished
  const words = `“${upload.filename}” was interrupted at ${percentWords(upload.progress)}. Choose the same file again to go on.`
  show({ state: 'interrupted', words, fraction: upload.progress, keepAudio, canChoose: true })
}
