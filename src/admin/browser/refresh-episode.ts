import { enliven } from './enliven.ts'

/**
 * Shows an episode's state as the server has it now. What the podcaster is typing, and where the focus is, stays.
 * Without an answer the page stays as it is.
 */
export async function refreshEpisode(episode: HTMLElement): Promise<void> {
  const response = await fetch(`/admin/episodes/${episode.dataset.episode}`).catch(() => undefined)
  if (!response?.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const [live, newLive] = [episode.querySelector('[data-live]'), page.querySelector('[data-live]')]
  if (!live || !newLive) return
  enliven(newLive)
  const focused = live.contains(document.activeElement) ? document.activeElement?.id : undefined
  keepTyped(live, newLive)
  live.replaceWith(newLive)
  if (focused) document.getElementById(focused)?.focus()
  renewUntouched(episode, page)
  renewTexts(episode, page)
}

type Typed = HTMLInputElement | HTMLTextAreaElement

const fieldsOf = (root: ParentNode) => [...root.querySelectorAll<Typed>('input[id]:not([type=file]), textarea[id]')]

function keepTyped(from: Element, to: Element): void {
  for (const field of fieldsOf(from)) {
    const same = fieldsOf(to).find(({ id }) => id === field.id)
    if (same && field.value !== field.defaultValue) same.value = field.value
  }
}

/** The title may have been taken from the recording: its form must not empty it again. */
function renewUntouched(episode: Element, page: Document): void {
  for (const field of fieldsOf(episode)) {
    const renewed = fieldsOf(page).find(({ id }) => id === field.id)
    if (renewed && field.value === field.defaultValue) field.defaultValue = renewed.defaultValue
  }
}

/** A recording may have brought chapters. What is said of a refused file stays. */
function renewTexts(episode: Element, page: Document): void {
  for (const form of episode.querySelectorAll<HTMLElement>('[data-text]')) {
    const renewed = page.querySelector(`[data-text="${form.dataset.text}"]`)
    for (const selector of ['[data-text-state]:not(.problem)', '[data-remove]', '[data-start-transcribing]']) {
      const [part, same] = [form, renewed].map((root) => root?.querySelector<HTMLElement>(selector))
      if (!part || !same) continue
      part.hidden = same.hidden
      if (part.textContent !== same.textContent) part.textContent = same.textContent
    }
  }
}
