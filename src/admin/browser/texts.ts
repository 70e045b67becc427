import type { EpisodeView } from '../../shows/schemas.ts'
import { ask } from './ask.ts'
import { chapterWords, textType, transcriptWords } from './text-words.ts'

/** Sends a chosen or dropped file as the chapters or the transcript of an episode, or takes them away, and tells what there is then. */
export function bindText(form: HTMLElement): void {
  const { text: what = '', of: episodeId = '' } = form.dataset
  const input = form.querySelector('input') as HTMLInputElement
  const remove = form.querySelector('[data-remove]') as HTMLButtonElement
  const state = form.querySelector('[data-text-state]') as HTMLElement

  async function change(doing: string, method: 'PUT' | 'DELETE', file?: File): Promise<void> {
    input.disabled = true
    tell(doing)
    try {
      await ask(`/api/episodes/${episodeId}/${what}`, {
        method,
        ...(file && { body: file, headers: { 'content-type': textType(file.name) } }),
      })
      show(await ask(`/api/episodes/${episodeId}`))
    } catch (error) {
      tell((error as Error).message, 'problem')
    }
    input.disabled = false
    input.value = ''
  }

  function show({ chapters, transcript }: EpisodeView): void {
    tell(what === 'chapters' ? chapterWords(chapters) : transcriptWords(transcript))
    remove.hidden = what === 'chapters' ? !chapters || chapters.origin === 'notes' : !transcript
  }

  function tell(words: string, tone = ''): void {
    state.textContent = words
    state.className = tone
  }

  const send = (file: File | undefined) => file && change(`Sending “${file.name}”…`, 'PUT', file)
  input.addEventListener('change', () => send(input.files?.[0]))
  form.addEventListener('drop', (event) => send(event.dataTransfer?.files[0]))
  remove.addEventListener('click', () => change('Taking it away…', 'DELETE'))
}
