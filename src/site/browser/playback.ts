/** The audio of an episode: an audio element that can be sought before anything of it is loaded. */
export type Playback = Readonly<{
  audio: HTMLAudioElement
  /** Seconds. */
  position(): number
  /** Seconds: as the station says, and once it is loaded, as the recording has it. */
  duration(): number
  /** Keeps within the recording. The element fires `timeupdate`. */
  seek(seconds: number): void
  play(): Promise<void>
  toggle(): void
}>

/** `onProblem` is told in words why it does not play, and undefined when it is tried again. */
export function createPlayback(
  audio: HTMLAudioElement,
  { durationSeconds, onProblem }: Readonly<{ durationSeconds: number; onProblem(problem: string | undefined): void }>,
): Playback {
  /** Where to start once there is something to seek in. */
  let wanted: number | undefined

  const position = () => wanted ?? audio.currentTime
  const duration = () => (Number.isFinite(audio.duration) ? audio.duration : durationSeconds)

  function seek(seconds: number): void {
    const target = Math.min(Math.max(0, seconds), duration())
    if (audio.readyState === HTMLMediaElement.HAVE_NOTHING) {
      wanted = target
      audio.dispatchEvent(new Event('timeupdate'))
    } else audio.currentTime = target
  }

  async function play(): Promise<void> {
    onProblem(undefined)
    if (audio.error) {
      wanted = position()
      audio.load()
    }
    try {
      await audio.play()
    } catch (error) {
      if ((error as DOMException).name === 'NotAllowedError') onProblem('Your browser waits for you to press play.')
    }
  }

  audio.addEventListener('loadedmetadata', () => {
    if (wanted !== undefined) audio.currentTime = wanted
    wanted = undefined
  })
  audio.addEventListener('error', () => {
    // It still counts as playing: without this the next press would pause it.
    audio.pause()
    onProblem(wordsFor(audio.error))
  })

  return { audio, position, duration, seek, play, toggle: () => (audio.paused ? void play() : audio.pause()) }
}

function wordsFor(error: MediaError | null): string {
  if (!navigator.onLine) return 'You are offline. It goes on where it stopped once you are back.'
  if (error?.code === MediaError.MEDIA_ERR_DECODE) return 'This browser cannot play the recording. Try to download it.'
  if (error?.code === MediaError.MEDIA_ERR_NETWORK) return 'The connection was lost while the recording was loading.'
  return 'The recording could not be loaded.'
}
