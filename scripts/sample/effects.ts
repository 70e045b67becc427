import { at, type Sound, type Stereo, sampleRateHz } from './sound.ts'

/** Takes away what lies above, 6 dB an octave. */
export function lowPass(sound: Sound, hertz: number): Sound {
  const share = 1 - Math.exp((-2 * Math.PI * hertz) / sampleRateHz)
  let level = 0
  return sound.map((sample) => {
    level += share * (sample - level)
    return level
  })
}

/** Takes away what lies below, 6 dB an octave. */
export function highPass(sound: Sound, hertz: number): Sound {
  const low = lowPass(sound, hertz)
  return sound.map((sample, index) => sample - at(low, index))
}

/** Comes out of silence and goes back to it, each within so many seconds. */
export function fade(
  sound: Sound,
  { inSeconds, outSeconds }: Readonly<{ inSeconds: number; outSeconds: number }>,
): Sound {
  return sound.map((sample, index) => {
    const fromStart = index / (inSeconds * sampleRateHz)
    const fromEnd = (sound.length - 1 - index) / (outSeconds * sampleRateHz)
    return sample * Math.sin((Math.PI / 2) * Math.min(1, fromStart, fromEnd)) ** 2
  })
}

/** The sound as a large room gives it back, without the sound itself (Schroeder 1962: combs, then all-passes). */
export function reverb({ left, right }: Stereo): Stereo {
  return { left: room(left, 1), right: room(right, 1.037) }
}

/** Goes down by up to `depth` (0 to 1) while the voice is heard, and comes back slowly. */
export function duck(sound: Sound, voice: Sound, depth: number): Sound {
  const presence = presenceOf(voice)
  return sound.map((sample, index) => sample * (1 - depth * at(presence, index)))
}

const combs = [0.0437, 0.0411, 0.0371, 0.0297]
const allPasses = [0.005, 0.0017]

function room(sound: Sound, stretch: number): Sound {
  const echoes = new Float32Array(sound.length)
  for (const delay of combs) {
    const echo = comb(sound, Math.round(delay * stretch * sampleRateHz))
    for (let index = 0; index < echoes.length; index++)
      echoes[index] = at(echoes, index) + at(echo, index) / combs.length
  }
  return allPasses.reduce<Sound>((echo, delay) => allPass(echo, Math.round(delay * stretch * sampleRateHz)), echoes)
}

function comb(sound: Sound, delay: number): Sound {
  const echo = new Float32Array(sound.length)
  let damped = 0
  for (let index = 0; index < sound.length; index++) {
    damped += 0.55 * (at(echo, index - delay) - damped)
    echo[index] = at(sound, index - delay) + 0.86 * damped
  }
  return echo
}

function allPass(sound: Sound, delay: number): Sound {
  const echo = new Float32Array(sound.length)
  for (let index = 0; index < sound.length; index++) {
    echo[index] = at(sound, index - delay) - 0.7 * at(sound, index) + 0.7 * at(echo, index - delay)
  }
  return echo
}

/** 0 to 1: up within some 60 ms, down within a second, so that it does not pump between words. */
function presenceOf(voice: Sound): Sound {
  const up = 1 - Math.exp(-1 / (0.06 * sampleRateHz))
  const down = 1 - Math.exp(-1 / (0.9 * sampleRateHz))
  let level = 0
  return voice.map((sample) => {
    const target = Math.min(1, Math.abs(sample) * 12)
    level += (target > level ? up : down) * (target - level)
    return level
  })
}
