import { problemWords } from './problem.ts'

/** Sends a chosen picture as the show's artwork, and shows it, or the rule that it breaks. */
export function bindArtwork(form: HTMLElement): void {
  const input = form.querySelector('input') as HTMLInputElement
  const state = form.querySelector('[data-artwork-state]') as HTMLElement
  const cover = form.closest('[data-show]')?.querySelector<HTMLImageElement>('[data-cover]')

  input.addEventListener('change', async () => {
    const picture = input.files?.[0]
    if (!picture) return
    input.disabled = true
    tell(state, `Sending “${picture.name}”…`)
    try {
      const artworkUrl = await putArtwork(form.dataset.artwork ?? '', picture)
      if (cover) cover.src = new URL(artworkUrl).pathname
      tell(state, 'The artwork was changed.')
    } catch (error) {
      tell(state, (error as Error).message, 'problem')
    }
    input.disabled = false
    input.value = ''
  })
}

/** Returns the new picture's address. Throws an error with words for people. */
async function putArtwork(showId: string, picture: File): Promise<string> {
  const response = await fetch(`/api/shows/${showId}/artwork`, {
    method: 'PUT',
    headers: { 'content-type': picture.type || 'application/octet-stream' },
    body: picture,
  }).catch(() => {
    throw new Error('The station could not be reached. Try again in a moment.')
  })
  const text = await response.text()
  if (!response.ok) throw new Error(problemWords(response.status, text))
  return JSON.parse(text).artworkUrl
}

function tell(state: HTMLElement, words: string, tone = ''): void {
  state.textContent = words
  state.className = tone
}
