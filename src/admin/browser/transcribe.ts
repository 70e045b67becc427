import type { EpisodeView } from '../../shows/schemas.ts'
import { ask } from './ask.ts'
import { refreshEpisode } from './refresh-episode.ts'
import { transcriptionWords } from './text-words.ts'

type Transcription = NonNullable<EpisodeView['transcription']>

const lookEveryMs = 2_000
const atWork = ['waiting', 'transcribing']

/** Has an episode transcribed, or stops it, and tells how far it is; also of one that was asked for before the page came. */
export function bindTranscribing(form: HTMLElement): void {
  const address = `/api/episodes/${form.dataset.transcribe}/transcription`
  const find = <T extends Element>(selector: string) => form.querySelector(selector) as T
  const start = find<HTMLButtonElement>('[data-start-transcribing]')
  const stop = find<HTMLButtonElement>('[data-stop-transcribing]')
  const words = find<HTMLElement>('[data-transcription]')
  const bar = find<HTMLProgressElement>('progress')

  let isFollowing = false

  async function follow(): Promise<void> {
    if (isFollowing) return
    isFollowing = true
    while (isFollowing) {
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
      isFollowing = await look().catch(complain)
    }
  }

  /** Returns whether there will be more to tell. */
  async function look(): Promise<boolean> {
    const { transcription } = await ask(address)
    const isNew = show(transcription)
    const episode = form.closest<HTMLElement>('[data-episode]')
    if (isNew && transcription.state === 'ready' && episode) await refreshEpisode(episode)
    return atWork.includes(transcription.state)
  }

  /** Returns whether the state is another than before. */
  function show(transcription: Transcription): boolean {
    const { state, progress } = transcription
    const isNew = form.dataset.transcribeState !== state
    const isAtWork = atWork.includes(state)
    form.dataset.transcribeState = state
    tell(transcriptionWords(transcription), state === 'failed')
    start.hidden = isAtWork
    stop.hidden = bar.hidden = !isAtWork
    if (progress === null) bar.removeAttribute('value')
    else bar.value = progress
    return isNew
  }

  /** A live region speaks at each change, so equal words are not set again. */
  function tell(sentence: string, isProblem: boolean): void {
    if (words.textContent !== sentence) words.textContent = sentence
    words.className = isProblem ? 'problem' : ''
  }

  /** It is asked again: who signs in anew goes on here. */
  function complain(error: Error): boolean {
    tell(error.message, true)
    return true
  }

  async function act(button: HTMLButtonElement, request: () => Promise<unknown>): Promise<void> {
    button.disabled = true
    await request().catch(complain)
    button.disabled = false
  }

  start.addEventListener('click', () =>
    act(start, async () => {
      show((await ask(address, { method: 'POST' })).transcription)
      stop.focus()
      void follow()
    }),
  )
  stop.addEventListener('click', () =>
    act(stop, async () => {
      await ask(address, { method: 'DELETE' })
      await look()
      start.focus()
    }),
  )
  if (atWork.includes(form.dataset.transcribeState ?? '')) void follow()
}
