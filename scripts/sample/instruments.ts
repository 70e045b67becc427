import type { Random } from './random.ts'
import { place, render, type Sound, type Stereo, sampleRateHz, silentStereo } from './sound.ts'

/** MIDI numbers: 60 is middle C, 69 is the A of 440 Hz. */
export type Chord = readonly number[]

/** Each chord fades into the next one; the first and the last take as long to come and to go. */
export function pad(
  chords: readonly Chord[],
  { seconds, random }: Readonly<{ seconds: number; random: Random }>,
): Stereo {
  const mix = silentStereo(seconds)
  const share = seconds / chords.length
  chords.forEach((notes, index) => {
    notes.forEach((note, voice) => {
      const pan = notes.length < 2 ? 0 : (voice / (notes.length - 1)) * 1.4 - 0.7
      place(mix, chordVoice(note, share * 1.4, random), { atSeconds: share * index, gain: 1 / notes.length, pan })
    })
  })
  return mix
}

/** Plucks the chord's notes upwards and down again, over and over, each chord for its share of the time. */
export function arpeggio(
  chords: readonly Chord[],
  { seconds, stepSeconds }: Readonly<{ seconds: number; stepSeconds: number }>,
): Stereo {
  const mix = silentStereo(seconds)
  for (let step = 0; step * stepSeconds < seconds; step++) {
    const chord = chords[Math.floor(((step * stepSeconds) / seconds) * chords.length)] ?? []
    const order = [...chord, ...chord.slice(1, -1).reverse()]
    const note = order[step % order.length]
    if (note === undefined) continue
    place(mix, pluck(note + 12), { atSeconds: step * stepSeconds, pan: 0.6 * Math.sin(step * 1.3), gain: 0.5 })
  }
  return mix
}

/** A ship's low horn, far away. */
export function foghorn(seconds: number): Sound {
  return render(seconds, (time) => {
    const breath = Math.sin((Math.PI * time) / seconds) ** 0.6
    return breath * (harmonics(98, time, [1, 0.5, 0.3, 0.12]) + 0.6 * harmonics(98.7, time, [1, 0.4, 0.2]))
  })
}

/** Two strings a little out of tune with one another, so that they beat slowly. */
function chordVoice(note: number, seconds: number, random: Random): Sound {
  const hertz = hertzOf(note)
  const detuned = hertz * (1.0015 + random() * 0.002)
  const ramp = seconds * 0.3
  return render(seconds, (time) => {
    const envelope = Math.sin((Math.PI / 2) * Math.min(1, time / ramp, (seconds - time) / ramp)) ** 2
    return envelope * 0.5 * (harmonics(hertz, time, padPartials) + harmonics(detuned, time, padPartials))
  })
}

const padPartials = [1, 0.42, 0.2, 0.09, 0.04]

function pluck(note: number): Sound {
  const hertz = hertzOf(note)
  return render(2.4, (time) => {
    const attack = Math.min(1, time * 120)
    return (
      attack *
      (Math.exp(-time * 2.6) * harmonics(hertz, time, [1]) +
        0.3 * Math.exp(-time * 6) * harmonics(hertz, time, [0, 1, 0.4]))
    )
  })
}

function harmonics(hertz: number, time: number, strengths: readonly number[]): number {
  return strengths.reduce((sum, strength, index) => {
    const partial = hertz * (index + 1)
    return partial < sampleRateHz / 2 ? sum + strength * Math.sin(2 * Math.PI * partial * time) : sum
  }, 0)
}

const hertzOf = (note: number): number => 440 * 2 ** ((note - 69) / 12)
