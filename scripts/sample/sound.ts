/** Of everything that is synthesised here. */
export const sampleRateHz = 48_000

/** One channel at `sampleRateHz`, full scale ±1. */
export type Sound = Float32Array

export type Stereo = Readonly<{ left: Sound; right: Sound }>

/** A sound whose sample at each instant is `sampleAt(seconds)`. */
export function render(seconds: number, sampleAt: (seconds: number) => number): Sound {
  return Float32Array.from({ length: Math.round(seconds * sampleRateHz) }, (_, index) => sampleAt(index / sampleRateHz))
}

export const silence = (seconds: number): Sound => new Float32Array(Math.round(seconds * sampleRateHz))

export const silentStereo = (seconds: number): Stereo => ({ left: silence(seconds), right: silence(seconds) })

export const durationSeconds = (sound: Sound): number => sound.length / sampleRateHz

type Spot = Readonly<{ atSeconds?: number; gain?: number /** -1 is left, 1 is right. */; pan?: number }>

/** Adds the sound to the mix, at equal power wherever it is panned; what would reach past the mix's end is left out. */
export function place(mix: Stereo, sound: Sound, { atSeconds = 0, gain = 1, pan = 0 }: Spot = {}): void {
  const angle = ((pan + 1) * Math.PI) / 4
  add(mix.left, sound, { atSeconds, gain: gain * Math.cos(angle) })
  add(mix.right, sound, { atSeconds, gain: gain * Math.sin(angle) })
}

/** Adds one mix to another, from its beginning. */
export function blend(mix: Stereo, other: Stereo, gain = 1): void {
  add(mix.left, other.left, { atSeconds: 0, gain })
  add(mix.right, other.right, { atSeconds: 0, gain })
}

/** Does the same to both channels. */
export const eachChannel = (mix: Stereo, change: (sound: Sound) => Sound): Stereo => ({
  left: change(mix.left),
  right: change(mix.right),
})

function add(target: Sound, sound: Sound, { atSeconds, gain }: Readonly<{ atSeconds: number; gain: number }>): void {
  const start = Math.round(atSeconds * sampleRateHz)
  const end = Math.min(target.length, start + sound.length)
  for (let index = start; index < end; index++) target[index] = at(target, index) + gain * at(sound, index - start)
}

/** The sample there; silence outside of the sound. */
export const at = (sound: Sound, index: number): number => sound[index] ?? 0
