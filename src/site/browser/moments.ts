import type { Playback } from './playback.ts'
import { startOf } from './time.ts'

/** Links to moments of this page, like those of chapters, play from there; each press does, and none fills the history. */
export function followMoments(playback: Playback): void {
  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#t="]') : null
    const start = link ? startOf({ hash: link.hash, search: '' }) : undefined
    if (start === undefined) return
    event.preventDefault()
    playback.seek(start)
    void playback.play()
  })
}

/** Marks what is heard in a list of moments, whose parts say when they begin: `aria-current`. Before it plays, nothing. */
export function markMoment(list: HTMLElement, { audio, position }: Playback): void {
  const moments = [...list.querySelectorAll<HTMLElement>('[data-start]')]
  const starts = moments.map(({ dataset }) => Number(dataset.start))
  let marked: HTMLElement | undefined
  audio.addEventListener('timeupdate', () => {
    const heard = audio.paused && position() === 0 ? undefined : moments[indexAt(starts, position())]
    if (heard === marked) return
    marked?.removeAttribute('aria-current')
    heard?.setAttribute('aria-current', 'true')
    marked = heard
  })
}

/** Which of these rising starts is the last before that moment, or at it; -1: none yet. */
export const indexAt = (starts: readonly number[], seconds: number): number =>
  starts.findLastIndex((start) => start <= seconds)
