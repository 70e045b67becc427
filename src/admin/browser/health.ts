import { problemWords } from './problem.ts'

/** Shows what directories would object to in a show, and has feed and audio fetched as they do. */
export function bindHealth(section: HTMLElement): void {
  const find = <T extends Element>(selector: string) => section.querySelector(selector) as T
  const button = find<HTMLButtonElement>('[data-probe]')
  const state = find<HTMLElement>('[data-health-state]')
  const bar = find<HTMLProgressElement>('progress')

  async function show(probe: boolean, words: string): Promise<void> {
    try {
      const page = await askPart(`/admin/shows/${section.dataset.health}/health?probe=${probe}`)
      const findings = page.querySelector('[data-findings]')
      if (findings) find('[data-findings]').replaceWith(findings)
      tell(words)
    } catch (error) {
      tell((error as Error).message, 'problem')
    }
  }

  function tell(words: string, tone = ''): void {
    state.textContent = words
    state.className = tone
  }

  button.addEventListener('click', async () => {
    button.disabled = true
    bar.hidden = false
    tell('Fetching feed, cover and audio…')
    await show(true, 'Fetched. The list is up to date.')
    bar.hidden = true
    button.disabled = false
  })
  void show(false, '')
}

/** A part of the page. Throws an error with words for people. */
async function askPart(url: string): Promise<Document> {
  const response = await fetch(url).catch(() => {
    throw new Error('The station could not be reached. Try again in a moment.')
  })
  const body = await response.text()
  if (!response.ok) throw new Error(problemWords(response.status, body))
  return new DOMParser().parseFromString(body, 'text/html')
}
