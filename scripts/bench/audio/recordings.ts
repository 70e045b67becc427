import path from 'node:path'
import { writeLevelled } from './level.ts'
import type { Material } from './material.ts'
import { writeTalk } from './talk.ts'
import { eachOf, inWorkshop } from './workshop.ts'

/** A WAV file and what is special about it. */
export type Recording = Readonly<{ name: string; file: string }>

const seconds = 180

/** Writes three minutes of each kind that a podcaster may come with: eleven WAV files. */
export const makeRecordings = (folder: string, material: Material): Promise<Recording[]> =>
  inWorkshop(folder, async (workshop) => {
    const talk = path.join(workshop, 'talk.wav')
    await writeTalk(talk, { material, seconds, lufs: -23, seed: 77 })
    return eachOf(Object.entries(kinds), async ([name, kind]) => {
      const file = path.join(folder, `${name.replaceAll(' ', '-')}.wav`)
      await writeLevelled(file, { ...kind, source: sourceOf(kind, talk, material) })
      return { name, file }
    })
  })

type Kind = Readonly<{
  /** What happens to the talk, or to the music; the sound comes in at its beginning and goes out at its end. */
  filters: string
  from?: 'music'
  /** Without it, the level stays. */
  lufs?: number
  codec?: readonly string[]
}>

const oneChannel = 'pan=mono|c0=0.5*c0+0.5*c1'
const squash =
  'acompressor=threshold=-30dB:ratio=9:attack=3:release=60:makeup=12,alimiter=limit=0.9:attack=1:release=20'

/** Eight seconds of every forty, and not even the room is heard in between. */
const pieces = `volume='clip(20*(8-mod(t,40)),0,1)':eval=frame`
const swings = `volume='pow(10,(7*sin(t*0.9)+7*sin(t*0.23))/20)':eval=frame`

const crowd = `anoisesrc=color=brown:amplitude=0.5:sample_rate=44100:seed=3:duration=${seconds},highpass=f=120`
const claps = `aevalsrc='if(lt(mod(t,9),0.001),1.6*random(0)-0.8,0)':sample_rate=44100:duration=${seconds}`
const together = (talkGain: number, other: string, otherGain: number) =>
  `aformat=channel_layouts=stereo[talk];${other},aformat=channel_layouts=stereo[other];` +
  `[talk][other]amix=inputs=2:normalize=0:weights=${talkGain} ${otherGain}`

const kinds: Readonly<Record<string, Kind>> = {
  'very quiet': { filters: 'anull', lufs: -45 },
  'very loud': { filters: `${squash},${squash}`, lufs: -8 },
  'whispers and shouts': { filters: swings, lufs: -27 },
  mono: { filters: oneChannel, lufs: -21 },
  clipped: { filters: 'volume=15dB' },
  music: { from: 'music', filters: 'anull', lufs: -13, codec: ['-ar', '48000', '-c:a', 'pcm_s24le'] },
  'one channel silent': { filters: 'pan=stereo|c0=0.5*c0+0.5*c1|c1=0*c0', lufs: -26 },
  'by phone': {
    filters: `${oneChannel},highpass=f=300,lowpass=f=3300,lowpass=f=3300`,
    lufs: -24,
    codec: ['-ar', '8000'],
  },
  'long silences': { filters: pieces, lufs: -25 },
  'in a crowd': { filters: together(1, crowd, 0.35), lufs: -20 },
  'claps over a murmur': { filters: together(0.25, claps, 1) },
}

function sourceOf({ from, filters }: Kind, talk: string, { music }: Material): string[] {
  const input = from === 'music' ? ['-stream_loop', '-1', '-i', music] : ['-i', talk]
  return [...input, '-filter_complex', `[0:a]${filters}[out]`, '-map', '[out]', '-t', String(seconds)]
}
