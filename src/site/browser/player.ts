import { connectButtons, connectSpeed, connectVolume } from './controls.ts'
import { connectKeys } from './keys.ts'
import { connectMediaSession } from './media-session.ts'
import { followMoments, markMoment } from './moments.ts'
import { part } from './part.ts'
import { keepPlace } from './place.ts'
import { createPlayback, type Playback } from './playback.ts'
import { connectPointed } from './pointed.ts'
import { connectSeekBar } from './seek-bar.ts'
import { startOf } from './time.ts'
import { linkTimestamps } from './timestamps.ts'

const root = document.querySelector<HTMLElement>('[data-player]')
if (root) upgrade(root)

/** Puts our controls in the place of the browser's own, which work without this script. */
function upgrade(root: HTMLElement): void {
  const audio = part<HTMLAudioElement>(root, 'audio')
  const { episode = '', title = '', show = '', artwork = '', seconds = '0' } = root.dataset
  const playback = createPlayback(audio, {
    durationSeconds: Number(seconds),
    onProblem: (problem) => tellProblem(root, problem),
  })
  connectButtons(root, playback)
  connectSpeed(root, playback)
  connectVolume(root, playback)
  connectSeekBar(root, playback)
  connectPointed(root, playback)
  connectKeys(root, playback)
  connectMediaSession(playback, { title, show, artwork })
  part(root, '[data-retry]').addEventListener('click', () => void playback.play())
  keepPlace(playback, episode)
  followLinks(playback)
  followMoments(playback)
  for (const list of document.querySelectorAll<HTMLElement>('[data-moments]')) markMoment(list, playback)
  for (const notes of document.querySelectorAll<HTMLElement>('[data-notes]')) linkTimestamps(notes, playback.duration())

  audio.controls = false
  part(root, '[data-controls]').hidden = false
  root.dataset.state = 'paused'
}

function tellProblem(root: HTMLElement, problem: string | undefined): void {
  part(root, '[data-problem]').textContent = problem ?? ''
  part(root, '[data-trouble]').hidden = problem === undefined
}

/** A link to a moment starts there; a link within the page, or one that says `#play`, plays too. */
function followLinks(playback: Playback): void {
  const start = startOf(location)
  if (start !== undefined) playback.seek(start)
  if (location.hash === '#play') void playback.play()
  window.addEventListener('hashchange', () => {
    const wanted = startOf({ hash: location.hash, search: '' })
    if (wanted === undefined) return
    playback.seek(wanted)
    void playback.play()
  })
}
