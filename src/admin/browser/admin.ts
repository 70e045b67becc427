import { bindArtwork } from './artwork.ts'
import { enliven } from './enliven.ts'
import { bindHealth } from './health.ts'
import { bindRecording } from './recording.ts'
import { fillInstant } from './schedule.ts'
import { bindText } from './texts.ts'
import { bindTranscribing } from './transcribe.ts'

enliven(document)
document.addEventListener('submit', fillInstant)
for (const form of document.querySelectorAll<HTMLElement>('[data-artwork]')) bindArtwork(form)
for (const section of document.querySelectorAll<HTMLElement>('[data-health]')) bindHealth(section)
for (const episode of document.querySelectorAll<HTMLElement>('[data-episode]')) bindRecording(episode)
for (const form of document.querySelectorAll<HTMLElement>('[data-text]')) bindText(form)
for (const form of document.querySelectorAll<HTMLElement>('[data-transcribe]')) bindTranscribing(form)

// A file that is dropped beside the target must not replace the page.
document.addEventListener('dragover', (event) => event.preventDefault())
document.addEventListener('drop', (event) => event.preventDefault())
