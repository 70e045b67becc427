import path from 'node:path'
import type { EpisodeView } from '../../../src/shows/schemas.ts'
import { expectJson } from '../../../test/journey/catalogue.ts'
import { eventually, type Program } from '../../../test/journey/program.ts'
import { type Loudness, measureLoudness } from '../../sample/loudness.ts'
import { type Row, type Session, withBench } from '../bench-station.ts'
import { createShowWithArtwork, download, publishRecording } from './publishing.ts'
import type { Recording } from './recordings.ts'

const stereoLufs = -16
const monoLufs = -19
const toleranceLu = 0.3
const ceilingDbtp = -1

type Finished = Readonly<{ recording: Recording; source: Loudness; result: Loudness; episode: EpisodeView }>

/** What the station says of an episode's sound; nothing when it does not measure. */
type Said = Readonly<{ loudness?: Loudness; limitedDb?: number; shortfallLu?: number }>

/** Every kind of recording, and the hour, published and then measured by ffmpeg as a listener gets them. */
export const loudnessBench = ({ studio }: Session): Promise<Row[]> =>
  withBench(async ({ start, folder }) => {
    const recordings = [...(await studio.recordings()), { name: 'an hour of talk', file: await studio.hour() }]
    const program = await start()
    const { id } = await createShowWithArtwork(program, { stereoLufs, monoLufs })
    const finished: Finished[] = []
    for (const recording of recordings) finished.push(await finish(program, id, recording, folder))
    return Promise.all(finished.map(async (each) => row(each, await whatIsSaid(program, each.episode))))
  })

async function finish(program: Program, showId: string, recording: Recording, folder: string): Promise<Finished> {
  const source = await measureLoudness(['-i', recording.file])
  const episode = await publishRecording(program, showId, recording.file, recording.name)
  const result = await measureLoudness(['-i', await download(episode, path.join(folder, 'finished.mp3'))])
  return { recording, source, result, episode }
}

/** The finished file is measured by a job of its own after `ready`: that may take some seconds. */
const whatIsSaid = (program: Program, { id }: EpisodeView): Promise<Said> =>
  eventually(20, async () => {
    const { audio } = await expectJson<EpisodeView>(await program.api('GET', `/episodes/${id}`), 200)
    return (audio as Said).loudness && (audio as Said)
  }).catch(() => ({}))

function row({ recording, source, result, episode }: Finished, said: Said): Row {
  const wanted = (episode.audio?.channels === 1 ? monoLufs : stereoLufs) - (said.shortfallLu ?? 0)
  const isMet = Math.abs(result.integratedLufs - wanted) <= toleranceLu + 0.001 && result.truePeakDbtp <= ceilingDbtp
  return {
    what: `finished MP3 of “${recording.name}” (${inWords(source)})`,
    measured: `${isMet ? '' : 'MISSED: '}${inWords(result)}; ${heard(said)}`,
    target: `${wanted.toFixed(1)} ± ${toleranceLu} LUFS, <= ${ceilingDbtp.toFixed(1)} dBTP`,
  }
}

const inWords = ({ integratedLufs, truePeakDbtp }: Loudness) =>
  `${integratedLufs.toFixed(1)} LUFS, ${truePeakDbtp.toFixed(1)} dBTP`

function heard({ loudness, limitedDb = 0, shortfallLu = 0 }: Said): string {
  if (!loudness) return 'the API says nothing'
  const limit = limitedDb > 0 ? `, limited by ${limitedDb.toFixed(1)} dB` : ''
  const shortfall = shortfallLu > 0 ? `, ${shortfallLu.toFixed(1)} LU short of the target` : ''
  return `the API says ${inWords(loudness)}${limit}${shortfall}`
}
