import { part } from './part.ts'
import type { Playback } from './playback.ts'
import { formatClock } from './time.ts'

type Mark = Readonly<{ startSeconds: number; title: string }>

/** A line with its time where the pointer is on the seek bar; without a pointer, where the keyboard is. */
export function connectPointed(root: HTMLElement, playback: Playback): void {
  const scale = part(root, '[data-scale]')
  const bar = part<HTMLInputElement>(root, '[data-seek]')
  const [line, words] = [part(root, '[data-pointed]'), part(root, '[data-pointed-words]')]
  const marks = [...scale.querySelectorAll<SVGElement>('[data-mark]')].map(({ dataset }) => ({
    startSeconds: Number(dataset.mark),
    title: dataset.title ?? '',
  }))
  let isPointed = false

  function show(share: number): void {
    scale.style.setProperty('--pointed', String(share))
    words.textContent = placeWords(share * playback.duration(), marks)
    line.hidden = false
  }

  function hide(): void {
    scale.style.removeProperty('--pointed')
    line.hidden = true
  }

  function followKeyboard(): void {
    if (isPointed) return
    if (bar.matches(':focus-visible')) show(bar.valueAsNumber / Number(bar.max))
    else hide()
  }

  bar.addEventListener('pointermove', ({ clientX }) => {
    const { left, width } = scale.getBoundingClientRect()
    isPointed = true
    show(Math.min(1, Math.max(0, (clientX - left) / width)))
  })
  for (const event of ['pointerleave', 'pointercancel']) {
    bar.addEventListener(event, () => {
      isPointed = false
      followKeyboard()
    })
  }
  for (const event of ['focus', 'blur']) bar.addEventListener(event, followKeyboard)
  for (const event of ['timeupdate', 'seeked']) playback.audio.addEventListener(event, followKeyboard)
}

/** The time, and the name of the part that it is in: `12:34 · Arrival`. Marks are in the order of their starts. */
export function placeWords(seconds: number, marks: readonly Mark[]): string {
  const mark = marks.findLast(({ startSeconds }) => startSeconds <= seconds)
  return mark ? `${formatClock(seconds)} · ${mark.title}` : formatClock(seconds)
}
