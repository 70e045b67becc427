import { recall, recallNumber, remember } from './memory.ts'
import { part } from './part.ts'
import type { Playback } from './playback.ts'

/** Play and pause, the skips, and what the player is doing as `data-state` for the style sheet. */
export function connectButtons(root: HTMLElement, playback: Playback): void {
  const { audio } = playback
  const play = part(root, '[data-play]')
  play.addEventListener('click', () => playback.toggle())
  for (const button of root.querySelectorAll<HTMLElement>('[data-skip]')) {
    button.addEventListener('click', () => playback.seek(playback.position() + Number(button.dataset.skip)))
  }

  const show = (state: 'playing' | 'paused' | 'loading') => {
    root.dataset.state = state
    play.setAttribute('aria-label', audio.paused ? 'Play' : 'Pause')
  }
  const states = { play: 'loading', waiting: 'loading', playing: 'playing', pause: 'paused', ended: 'paused' } as const
  for (const [event, state] of Object.entries(states)) audio.addEventListener(event, () => show(state))
  audio.addEventListener('seeked', () => show(audio.paused ? 'paused' : 'playing'))
}

/** The speed, remembered for every episode. */
export function connectSpeed(root: HTMLElement, { audio }: Playback): void {
  const menu = part<HTMLSelectElement>(root, '[data-speed]')
  const offered = [...menu.options].map((option) => option.value)
  const known = recall('speed')
  if (known && offered.includes(known)) menu.value = known
  // Loading sets playbackRate back to the default one.
  const apply = () => {
    audio.defaultPlaybackRate = audio.playbackRate = Number(menu.value)
  }
  menu.addEventListener('change', () => {
    apply()
    remember('speed', menu.value)
  })
  apply()
}

/** Loudness and mute. Where the system alone sets it (iOS), the slider goes away. */
export function connectVolume(root: HTMLElement, { audio }: Playback): void {
  const slider = part<HTMLInputElement>(root, '[data-volume]')
  const mute = part(root, '[data-mute]')
  audio.volume = recallNumber('volume', 0, 1) ?? 1
  slider.addEventListener('input', () => {
    audio.muted = false
    audio.volume = slider.valueAsNumber
    remember('volume', slider.value)
  })
  mute.addEventListener('click', () => {
    audio.muted = !audio.muted
  })
  const show = () => {
    slider.value = String(audio.muted ? 0 : audio.volume)
    slider.setAttribute('aria-valuetext', `${Math.round(slider.valueAsNumber * 100)} percent`)
    slider.style.setProperty('--played', slider.value)
    mute.setAttribute('aria-label', audio.muted ? 'Unmute' : 'Mute')
    root.dataset.muted = String(audio.muted || audio.volume === 0)
  }
  audio.addEventListener('volumechange', show)
  show()
  hideWhereFixed(slider)
}

function hideWhereFixed(slider: HTMLInputElement): void {
  const probe = new Audio()
  probe.volume = 0.5
  slider.hidden = probe.volume !== 0.5
}
