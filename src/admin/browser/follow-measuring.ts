import { refreshEpisode } from './refresh-episode.ts'

const waitsSeconds = [2, 4, 8, 15, 30, 60, 120]

/** Finished audio is measured after it is ready: looks again, ever less often, until that is done. */
export async function followMeasuring(episode: HTMLElement): Promise<void> {
  for (const seconds of waitsSeconds) {
    if (!episode.querySelector('[data-measuring]')) return
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    await refreshEpisode(episode)
  }
}
