import { duck, fade, reverb } from './effects.ts'
import { arpeggio, pad } from './instruments.ts'
import { radioHiss, waves } from './noises.ts'
import { seededRandom } from './random.ts'
import type { Score, SpokenPart } from './scores.ts'
import { blend, durationSeconds, eachChannel, place, type Sound, type Stereo, silentStereo } from './sound.ts'
import { say } from './speech.ts'

/** Plays a score: the voice in the middle, and everything else making room for it. */
export async function mixScore(score: Score, folder: string): Promise<Stereo> {
  const voice = await speak(score, folder)
  const mix = eachChannel(background(score), (sound) => duck(sound, voice, 0.65))
  place(mix, voice, { gain: 2.3 })
  return eachChannel(mix, (sound) => fade(sound, { inSeconds: 2.5, outSeconds: 5 }))
}

async function speak(score: Score, folder: string): Promise<Sound> {
  const voice = silentStereo(score.seconds)
  for (const [index, part] of score.spoken.entries()) {
    const sound = await say(part.text, folder)
    checkRoom(part, sound, score.spoken[index + 1]?.atSeconds ?? score.seconds)
    place(voice, sound, { atSeconds: part.atSeconds, pan: -1 })
  }
  return voice.left
}

function checkRoom({ atSeconds, text }: SpokenPart, sound: Sound, nextAtSeconds: number): void {
  const end = atSeconds + durationSeconds(sound)
  if (end > nextAtSeconds - 0.5) {
    throw new Error(`“${text}” ends at ${end.toFixed(1)} s, too late for what follows at ${nextAtSeconds} s`)
  }
}

function background({ seconds, seed, chords, shoreGain, signals }: Score): Stereo {
  const random = seededRandom(seed)
  const music = silentStereo(seconds)
  blend(music, pad(chords, { seconds, random }), 0.3)
  blend(music, arpeggio(chords, { seconds, stepSeconds: 0.62 }), 0.13)
  for (const { sound, ...spot } of signals()) place(music, sound, spot)

  const mix = silentStereo(seconds)
  blend(mix, music)
  blend(mix, reverb(music), 0.22)
  blend(mix, waves(seconds, random), shoreGain)
  blend(mix, radioHiss(seconds, random), 0.012)
  return mix
}
