import { type Chord, foghorn } from './instruments.ts'
import { morse, pips } from './signals.ts'
import type { Sound } from './sound.ts'

export type SpokenPart = Readonly<{ atSeconds: number; text: string }>

export type Signal = Readonly<{ atSeconds: number; sound: Sound; gain: number; pan?: number }>

/** What is heard when in an episode. The show notes name some of these times. */
export type Score = Readonly<{
  seconds: number
  seed: number
  chords: readonly Chord[]
  shoreGain: number
  spoken: readonly SpokenPart[]
  signals: () => readonly Signal[]
}>

export const waveScore: Score = {
  seconds: 70,
  seed: 198,
  shoreGain: 0.14,
  chords: [
    [50, 57, 61, 64, 66],
    [47, 54, 57, 62, 66],
    [43, 50, 57, 59, 66],
    [45, 52, 57, 59, 64],
    [50, 57, 61, 64, 66],
  ],
  signals: () => [
    { atSeconds: 3, sound: pips(), gain: 0.075 },
    { atSeconds: 57.5, sound: morse('LONGWAVE'), gain: 0.035, pan: 0.35 },
  ],
  spoken: [
    {
      atSeconds: 10,
      text: 'Good evening. This is Longwave After Dark; and I am the machine that keeps the night watch.',
    },
    {
      atSeconds: 18,
      text: 'Tonight, a number. One hundred and ninety eight kilohertz. At that frequency, each wave is about one and a half kilometres long. So it does not stop at a hill. It bends round it, and follows the curve of the earth.',
    },
    {
      atSeconds: 37.2,
      text: 'For decades, from a field in Worcestershire, such waves carried voices across much of Britain, and to small boats far out at sea.',
    },
    {
      atSeconds: 48.8,
      text: 'After dark, they go further still. So leave a lamp on; turn the dial slowly; and listen.',
    },
  ],
}

export const forecastScore: Score = {
  seconds: 71,
  seed: 31,
  shoreGain: 0.18,
  chords: [
    [45, 52, 55, 59, 60],
    [41, 48, 55, 57, 64],
    [48, 52, 55, 59, 62],
    [43, 50, 55, 59, 62],
    [45, 52, 55, 59, 60],
  ],
  signals: () => [
    { atSeconds: 1.5, sound: foghorn(3.4), gain: 0.05 },
    { atSeconds: 6, sound: morse('LW'), gain: 0.028 },
    { atSeconds: 65, sound: foghorn(3.4), gain: 0.04 },
  ],
  spoken: [
    { atSeconds: 9, text: 'Good evening from Longwave After Dark. Here is how to listen to a forecast for ships.' },
    {
      atSeconds: 16.8,
      text: 'It always comes in the same order. First, the gale warnings. Then the general picture. Then, thirty one sea areas, from Viking to Southeast Iceland.',
    },
    {
      atSeconds: 31,
      text: 'Each area is told four things. The wind, and its force. The sea. The weather. And last, how far you can see.',
    },
    {
      atSeconds: 42.7,
      text: 'Good means more than five nautical miles. Poor means less than two. Imminent means within six hours. Soon, six to twelve. Later, more than twelve.',
    },
    { atSeconds: 57.6, text: 'Somebody is out there tonight; and somebody tells them what to expect. Good night.' },
  ],
}
