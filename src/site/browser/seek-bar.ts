import { part } from './part.ts'
import type { Playback } from './playback.ts'
import { formatClock, spokenTime } from './time.ts'

const settleMs = 150

/** Seconds: a browser's own step is a hundredth, which is much of a long episode. */
const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -5,
  ArrowDown: -5,
  ArrowRight: 5,
  ArrowUp: 5,
  PageDown: -60,
  PageUp: 60,
}

/** The bar that shows and sets the position, with the clocks beside it. Dragging seeks when the hand rests, not at every step. */
export function connectSeekBar(root: HTMLElement, playback: Playback): void {
  const { audio } = playback
  const bar = part<HTMLInputElement>(root, '[data-seek]')
  const scale = part(root, '[data-scale]')
  const [elapsed, total, remaining] = ['[data-time]', '[data-duration]', '[data-remaining]'].map((selector) =>
    part(root, selector),
  ) as [HTMLElement, HTMLElement, HTMLElement]
  let settling: number | undefined

  function show(position: number): void {
    const duration = playback.duration()
    bar.setAttribute('aria-valuetext', `${spokenTime(position)} of ${spokenTime(duration)}`)
    scale.style.setProperty('--played', share(position, duration))
    elapsed.textContent = formatClock(position)
    total.textContent = formatClock(duration)
    remaining.textContent = `−${formatClock(duration - position)}`
  }

  function follow(): void {
    if (settling !== undefined) return
    bar.max = String(playback.duration())
    bar.value = String(playback.position())
    show(playback.position())
  }

  function settle(): void {
    clearTimeout(settling)
    settling = undefined
    playback.seek(bar.valueAsNumber)
  }

  bar.addEventListener('input', () => {
    clearTimeout(settling)
    settling = window.setTimeout(settle, settleMs)
    show(bar.valueAsNumber)
  })
  bar.addEventListener('change', settle)
  bar.addEventListener('keydown', (event) => {
    const step = keySteps[event.key]
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    playback.seek(playback.position() + step)
  })
  for (const event of ['timeupdate', 'durationchange', 'seeked']) audio.addEventListener(event, follow)
  for (const event of ['progress', 'timeupdate', 'seeked']) {
    audio.addEventListener(event, () =>
      scale.style.setProperty('--buffered', share(bufferedEnd(audio, playback.position()), playback.duration())),
    )
  }
  follow()
}

/** How far it is loaded from that position on, seconds. */
function bufferedEnd({ buffered }: HTMLAudioElement, position: number): number {
  const ends = Array.from(
    { length: buffered.length },
    (_, index) => [buffered.start(index), buffered.end(index)] as const,
  )
  return ends.find(([start, end]) => start <= position + 0.5 && position <= end)?.[1] ?? position
}

const share = (part: number, whole: number) => String(whole > 0 ? Math.min(1, part / whole) : 0)
