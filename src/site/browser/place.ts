import { forget, recallNumber, remember } from './memory.ts'
import type { Playback } from './playback.ts'

const saveEverySeconds = 5

/** Keeps the listener's place in an episode, and returns there; the end forgets it. */
export function keepPlace(playback: Playback, episodeId: string): void {
  const { audio } = playback
  const name = `position:${episodeId}`
  let saved = recallNumber(name, 0, Number.MAX_SAFE_INTEGER)
  const place = placeToResume(saved, playback.duration())
  if (place !== undefined) playback.seek(place)

  const save = () => {
    if (audio.readyState === HTMLMediaElement.HAVE_NOTHING || audio.ended) return
    saved = playback.position()
    remember(name, String(saved))
  }
  audio.addEventListener('timeupdate', () => {
    if (Math.abs(playback.position() - (saved ?? 0)) >= saveEverySeconds) save()
  })
  audio.addEventListener('pause', save)
  audio.addEventListener('seeked', save)
  window.addEventListener('pagehide', save)
  audio.addEventListener('ended', () => forget(name))
}

/** Undefined at the very beginning and the very end, where nobody wants to resume. Seconds. */
export function placeToResume(saved: number | undefined, durationSeconds: number): number | undefined {
  return saved !== undefined && saved >= 1 && saved <= durationSeconds - 2 ? saved : undefined
}
