import { highPass, lowPass } from './effects.ts'
import type { Random } from './random.ts'
import { at, render, type Sound, type Stereo, sampleRateHz } from './sound.ts'

/** Every frequency at the same strength. */
export const noise = (seconds: number, random: Random): Sound => render(seconds, () => random() * 2 - 1)

/** What a receiver hears between stations: thin noise that slowly swells and fades. */
export function radioHiss(seconds: number, random: Random): Stereo {
  const channel = () => {
    const band = highPass(lowPass(noise(seconds, random), 4200), 900)
    return render(seconds, (time) => at(band, Math.round(time * sampleRateHz)) * (0.75 + 0.25 * Math.sin(time * 0.9)))
  }
  return { left: channel(), right: channel() }
}

/** A shore at night: two swells of different length, brighter where they break. */
export function waves(seconds: number, random: Random): Stereo {
  const channel = (lag: number) => {
    const deep = highPass(lowPass(lowPass(noise(seconds, random), 420), 420), 110)
    const foam = highPass(lowPass(noise(seconds, random), 2600), 500)
    return render(seconds, (time) => {
      const swell = breaker(time - lag, 9.2) + 0.7 * breaker(time + lag, 13.7)
      const index = Math.round(time * sampleRateHz)
      return at(deep, index) * (0.5 + 1.6 * swell) + at(foam, index) * 0.32 * swell ** 2
    })
  }
  return { left: channel(0), right: channel(0.6) }
}

/** 0 to 1: comes up within a third of the period and runs out over the rest. */
function breaker(time: number, periodSeconds: number): number {
  const phase = (((time / periodSeconds) % 1) + 1) % 1
  return phase < 0.35
    ? Math.sin((phase / 0.35) * (Math.PI / 2)) ** 2
    : Math.cos(((phase - 0.35) / 0.65) * (Math.PI / 2)) ** 2
}
