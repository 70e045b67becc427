import { writeFile } from 'node:fs/promises'
import { highPass, reverb } from '../../sample/effects.ts'
import { arpeggio, type Chord, pad } from '../../sample/instruments.ts'
import { noise } from '../../sample/noises.ts'
import { run } from '../../sample/programs.ts'
import { type Random, seededRandom } from '../../sample/random.ts'
import { at, blend, place, render, type Sound, type Stereo, sampleRateHz, silentStereo } from '../../sample/sound.ts'

const seconds = 48
const beatSeconds = 0.5
const chords: readonly Chord[] = [
  [45, 52, 57, 60],
  [41, 48, 57, 60],
  [48, 55, 60, 64],
  [43, 50, 55, 59],
]

/** Strings, a harp, a drum and a hi-hat in a room: tones, attacks and treble, as an encoder meets them in music. */
export async function writeMusic(target: string): Promise<void> {
  const random = seededRandom(7)
  const dry = silentStereo(seconds)
  blend(dry, pad(chords, { seconds, random }), 0.35)
  blend(dry, arpeggio(chords, { seconds, stepSeconds: beatSeconds / 2 }), 0.2)
  beat(dry, random)
  const mix = silentStereo(seconds)
  blend(mix, dry)
  blend(mix, reverb(dry), 0.15)
  await writeWav(mix, target)
}

function beat(mix: Stereo, random: Random): void {
  const drum = render(
    0.4,
    (time) => Math.exp(-time * 11) * Math.sin(2 * Math.PI * (48 * time + 5 * (1 - Math.exp(-time * 30)))),
  )
  for (let time = 0; time < seconds; time += beatSeconds) {
    place(mix, drum, { atSeconds: time, gain: 0.5 + 0.1 * random() })
    place(mix, hiHat(random), { atSeconds: time + beatSeconds / 2, gain: 0.12 + 0.08 * random(), pan: 0.4 })
  }
}

function hiHat(random: Random): Sound {
  const hiss = highPass(highPass(noise(0.12, random), 7000), 7000)
  return render(0.12, (time) => Math.exp(-time * 45) * at(hiss, Math.round(time * sampleRateHz)))
}

async function writeWav({ left, right }: Stereo, target: string): Promise<void> {
  const raw = `${target}.f32`
  await writeFile(
    raw,
    Float32Array.from({ length: left.length * 2 }, (_, index) => at(index % 2 ? right : left, index >> 1)),
  )
  const input = ['-f', 'f32le', '-ar', String(sampleRateHz), '-ac', '2', '-i', raw]
  await run('ffmpeg', ['-v', 'error', '-y', ...input, '-ar', '44100', '-c:a', 'pcm_f32le', target])
}
