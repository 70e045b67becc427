import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { readMp3Header } from '../../../src/audio/mp3/mp3-header.ts'
import { run } from '../../sample/programs.ts'
import { type Row, type Session, withBench } from '../bench-station.ts'
import { createShowWithArtwork, download, publishRecording } from './publishing.ts'

const threadCounts = [1, 2, 4]

/** Twelve minutes, encoded by three programs that do not work on the same number of pieces at a time. */
export const repeatableBench = ({ studio }: Session): Promise<Row[]> =>
  withBench(async ({ folder }) => {
    const source = path.join(folder, 'source.wav')
    await run('ffmpeg', ['-v', 'error', '-ss', '1200', '-i', await studio.hour(), '-t', '720', '-c', 'copy', source])
    const sums: string[] = []
    for (const threads of threadCounts) sums.push(await sumOf(source, threads))
    return [
      {
        what: `MD5 of twelve minutes' audio with ENCODE_THREADS ${threadCounts.join(', ')}`,
        measured: new Set(sums).size === 1 ? `the same: ${sums[0]}` : sums.join(', '),
        target: 'the same',
      },
    ]
  })

/** Of what comes after the tags. */
const sumOf = (source: string, threads: number): Promise<string> =>
  withBench(async ({ start, folder }) => {
    const program = await start({ ENCODE_THREADS: String(threads) })
    const { id } = await createShowWithArtwork(program)
    const file = await download(await publishRecording(program, id, source, 'Again'), path.join(folder, 'finished.mp3'))
    const header = await readMp3Header(file)
    if (!header) throw new Error('what was published is no MP3')
    return createHash('md5')
      .update((await readFile(file)).subarray(header.headerBytes))
      .digest('hex')
  })
