import { findTimes, type TimeInText } from './time.ts'

/** Makes the times in the show notes, like 12:34, links to that moment; those beyond the end (seconds) stay text. */
export function linkTimestamps(notes: HTMLElement, end: number): void {
  for (const text of textNodes(notes)) {
    const times = findTimes(text.data).filter(({ seconds }) => seconds <= end)
    // From the last to the first, so that the places of the earlier ones still hold.
    for (const time of times.reverse()) {
      const rest = text.splitText(time.index)
      rest.deleteData(0, time.text.length)
      rest.before(timeLink(time))
    }
  }
}

function textNodes(root: HTMLElement): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Text[] = []
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (!text.parentElement?.closest('a, code, pre')) found.push(text)
  }
  return found
}

function timeLink({ text }: TimeInText): HTMLAnchorElement {
  const link = document.createElement('a')
  link.href = `#t=${text}`
  link.className = 'timestamp'
  link.textContent = text
  link.setAttribute('aria-label', `Play from ${text}`)
  return link
}
