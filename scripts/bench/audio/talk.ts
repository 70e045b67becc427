import { seededRandom } from '../../sample/random.ts'
import { writeLevelled } from './level.ts'
import type { Material } from './material.ts'

type Options = Readonly<{ material: Material; seconds: number; lufs: number; seed: number }>

/**
 * Writes a talk of two as it leaves a recorder, 44.1 kHz stereo 16 bit: they take turns, are near and far from their
 * microphones, sit left and right, speak over music at the beginning and the end, in a room that is never quite silent.
 * Another seed gives other voices (by pitch), another pace and another place in what they say.
 */
export async function writeTalk(target: string, { material, seconds, lufs, seed }: Options): Promise<void> {
  const random = seededRandom(seed)
  const between = (least: number, most: number) => least + (most - least) * random()
  const input = (file: string) => ['-stream_loop', '-1', '-ss', between(0, 40).toFixed(2), '-i', file]
  const turns = `4*sin(2*PI*t/${between(25, 45).toFixed(1)})`
  const graph = [
    `[0:a]${voice({ pitch: between(0.95, 1.12), pan: -0.25, turn: `1.5+${turns}`, swing: between(1.3, 1.9) })}[host]`,
    `[1:a]${voice({ pitch: between(0.85, 1), pan: 0.3, turn: `1.5-${turns}`, swing: between(1.1, 1.6) })}[guest]`,
    `[2:a]${inTime},volume='${musicLevel(seconds)}':eval=frame[music]`,
    `anoisesrc=color=pink:amplitude=0.0008:seed=${seed}:sample_rate=44100[room]`,
    `[host][guest][music][room]amix=inputs=4:normalize=0,atrim=duration=${seconds}[mix]`,
  ]
  const inputs = [material.host, material.guest, material.music].flatMap(input)
  await writeLevelled(target, { source: [...inputs, '-filter_complex', graph.join(';'), '-map', '[mix]'], lufs })
}

/** What is looped comes with the times of its first round. */
const inTime = 'asetpts=N/SR/TB'

type Voice = Readonly<{
  pitch: number
  pan: number
  /** Positive while this one speaks, as ffmpeg writes expressions of `t`. */
  turn: string
  swing: number
}>

/** Some 19 dB lie between the loudness and the peaks of what comes out: nobody has compressed it yet. */
function voice({ pitch, pan, turn, swing }: Voice): string {
  const distance = `pow(10,(3*sin(t*${swing.toFixed(2)})+3*sin(t*${(swing / 4).toFixed(2)}))/20)`
  const level = `volume='clip(${turn},0.03,1)*${distance}':eval=frame`
  const echo = 'aecho=0.9:0.8:19|31:0.08|0.05'
  return `${inTime},asetrate=${Math.round(44_100 * pitch)},aresample=44100,${level},${echo},stereotools=balance_out=${pan}`
}

/** Full for 14 s at both ends, and hardly there in between. */
const musicLevel = (seconds: number) => `0.04+0.5*clip((14-t)/3,0,1)+0.5*clip((t-${seconds - 14})/3,0,1)`
