import { run } from '../../sample/programs.ts'

export type Cost = Readonly<{ wallSeconds: number; cpuSeconds: number }>

/** What everybody would do by hand, at ffmpeg's own quality. */
export const timePlainEncode = (source: string, target: string): Promise<Cost> =>
  timeFfmpeg(['-i', source, '-b:a', '128k', target])

/** One pass that measures loudness (without true peaks, and without a line of log for each of its blocks). */
export const timeMeasurement = (source: string): Promise<Cost> =>
  timeFfmpeg(['-i', source, '-af', 'ebur128=framelog=verbose', '-f', 'null', '-'])

/** By what ffmpeg says about itself at its end: `bench: utime=41.276s stime=0.577s rtime=42.852s`. */
async function timeFfmpeg(parameters: readonly string[]): Promise<Cost> {
  const said = await run('ffmpeg', ['-hide_banner', '-nostats', '-nostdin', '-y', '-benchmark', ...parameters])
  const [user, system, wallSeconds] = ['utime', 'stime', 'rtime'].map((name) =>
    Number(new RegExp(`bench:.* ${name}=([\\d.]+)s`).exec(said)?.[1]),
  ) as [number, number, number]
  return { wallSeconds, cpuSeconds: user + system }
}
