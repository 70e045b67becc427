import { run } from './programs.ts'

export type Loudness = Readonly<{ integratedLufs: number; truePeakDbtp: number }>

/**
 * What ffmpeg's ebur128 (ITU-R BS.1770-4) says about an input, after the filters if there are some. One decimal. Throws when
 * nothing was loud enough to be measured.
 */
export async function measureLoudness(source: readonly string[], filters = 'anull'): Promise<Loudness> {
  const chain = `${filters},ebur128=peak=true:framelog=verbose`
  const output = ['-map', '0:a', '-af', chain, '-f', 'null', '-']
  const said = await run('ffmpeg', ['-hide_banner', '-nostats', ...source, ...output])
  return {
    integratedLufs: numberAfter(said, /I:\s+(-?[\d.]+) LUFS/),
    truePeakDbtp: numberAfter(said, /Peak:\s+(-?[\d.]+) dBFS/),
  }
}

function numberAfter(said: string, pattern: RegExp): number {
  const found = pattern.exec(said.slice(said.lastIndexOf('Summary:')))?.[1]
  if (found === undefined) throw new Error(`ffmpeg measured nothing:\n${said.slice(-1000)}`)
  return Number(found)
}
