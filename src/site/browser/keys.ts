import { recall, remember } from './memory.ts'
import { part } from './part.ts'
import type { Playback } from './playback.ts'

/** Keys for the whole page. They can be switched off (WCAG 2.1.4), and never act where keys have a meaning of their own. */
export function connectKeys(root: HTMLElement, playback: Playback): void {
  const isWanted = part<HTMLInputElement>(root, '[data-keys]')
  isWanted.checked = recall('keys') !== 'off'
  isWanted.addEventListener('change', () => remember('keys', isWanted.checked ? 'on' : 'off'))

  const skip = (seconds: number) => () => playback.seek(playback.position() + seconds)
  const actions: Record<string, () => void> = {
    ' ': playback.toggle,
    k: playback.toggle,
    j: skip(-15),
    l: skip(30),
    ArrowLeft: skip(-5),
    ArrowRight: skip(5),
    '<': () => stepSpeed(root, -1),
    '>': () => stepSpeed(root, 1),
  }
  document.addEventListener('keydown', (event) => {
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!action || !isWanted.checked || belongsToOthers(event)) return
    event.preventDefault()
    action()
  })
}

function belongsToOthers(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  const target = event.target instanceof Element ? event.target : document.body
  if (target.closest('input, textarea, select, audio, video, [contenteditable]:not([contenteditable="false"])'))
    return true
  return event.key === ' ' && target.closest('button, a, summary, [role="button"]') !== null
}

function stepSpeed(root: HTMLElement, step: 1 | -1): void {
  const menu = part<HTMLSelectElement>(root, '[data-speed]')
  menu.selectedIndex = Math.min(Math.max(0, menu.selectedIndex + step), menu.options.length - 1)
  menu.dispatchEvent(new Event('change'))
}
