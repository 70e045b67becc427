import { problemWords } from './problem.ts'

/** Sends a chosen picture as the artwork of a show or an episode, or takes it away, and shows what came of it. */
export function bindArtwork(form: HTMLElement): void {
  const input = form.querySelector('input') as HTMLInputElement
  const button = form.querySelector('[data-remove]') as HTMLButtonElement
  const state = form.querySelector('[data-artwork-state]') as HTMLElement
  const cover = form.closest('[data-episode], [data-show]')?.querySelector<HTMLImageElement>('[data-cover]')

  async function change(words: string, request: RequestInit): Promise<void> {
    input.disabled = button.disabled = true
    tell(state, words)
    try {
      const { artworkUrl, mended = [] } = await ask(form.dataset.artwork ?? '', request)
      if (cover) cover.src = new URL(artworkUrl).pathname
      tell(state, ['The artwork was changed.', ...mended].join(' '))
    } catch (error) {
      tell(state, (error as Error).message, 'problem')
    }
    input.disabled = button.disabled = false
    input.value = ''
  }

  input.addEventListener('change', () => {
    const picture = input.files?.[0]
    if (!picture) return
    const headers = { 'content-type': picture.type || 'application/octet-stream' }
    void change(`Sending “${picture.name}”…`, { method: 'PUT', headers, body: picture })
  })
  button.addEventListener('click', () => void change('Taking the artwork away…', { method: 'DELETE' }))
}

/** Returns the show or the episode. Throws an error with words for people. */
async function ask(path: string, request: RequestInit): Promise<{ artworkUrl: string; mended?: string[] }> {
  const response = await fetch(path, request).catch(() => {
    throw new Error('The station could not be reached. Try again in a moment.')
  })
  const text = await response.text()
  if (!response.ok) throw new Error(problemWords(response.status, text))
  return JSON.parse(text)
}

function tell(state: HTMLElement, words: string, tone = ''): void {
  state.textContent = words
  state.className = tone
}
