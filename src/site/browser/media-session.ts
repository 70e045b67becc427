import type { Playback } from './playback.ts'

/**
 * What the lock screen, headphones and media keys show and do (W3C Media Session). The artwork is written as a `srcset`, or as
 * one address.
 */
export function connectMediaSession(
  playback: Playback,
  names: Readonly<Record<'title' | 'show' | 'artwork', string>>,
): void {
  if (!('mediaSession' in navigator)) return
  const { audio } = playback
  const skip = (sign: 1 | -1, usual: number) => (details: MediaSessionActionDetails) =>
    playback.seek(playback.position() + sign * (details.seekOffset ?? usual))
  const handlers: [MediaSessionAction, MediaSessionActionHandler][] = [
    ['play', () => void playback.play()],
    ['pause', () => audio.pause()],
    ['stop', () => audio.pause()],
    ['seekbackward', skip(-1, 15)],
    ['seekforward', skip(1, 30)],
    ['seekto', ({ seekTime }) => seekTime !== undefined && playback.seek(seekTime)],
  ]
  audio.addEventListener('play', () => {
    navigator.mediaSession.metadata = new MediaMetadata({
      title: names.title,
      artist: names.show,
      album: names.show,
      artwork: artworkOf(names.artwork),
    })
    for (const [action, handler] of handlers) takeAction(action, handler)
  })
  for (const event of ['play', 'seeked', 'ratechange', 'durationchange']) {
    audio.addEventListener(event, () => showPosition(playback))
  }
}

/** The screen takes the size that suits it. */
function artworkOf(sources: string): MediaImage[] {
  return sources.split(', ').map((source) => {
    const [src = '', width] = source.split(' ')
    const pixels = width && Number.parseInt(width, 10)
    return pixels ? { src, sizes: `${pixels}x${pixels}`, type: 'image/jpeg' } : { src }
  })
}

function takeAction(action: MediaSessionAction, handler: MediaSessionActionHandler): void {
  try {
    navigator.mediaSession.setActionHandler(action, handler)
  } catch {
    // A browser that does not know this action.
  }
}

function showPosition({ audio, position, duration }: Playback): void {
  const [now, end] = [position(), duration()]
  if (end > 0 && now <= end) {
    navigator.mediaSession.setPositionState?.({ duration: end, position: now, playbackRate: audio.playbackRate })
  }
}
