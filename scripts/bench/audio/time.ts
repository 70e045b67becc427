import path from 'node:path'
import { createEpisode, publish, putAudio } from '../../../test/journey/catalogue.ts'
import { median, type Row, type Session, withBench } from '../bench-station.ts'
import { coreCounts, pinToCores } from './cores.ts'
import { marksOf } from './marks.ts'
import { type Cost, timeMeasurement, timePlainEncode } from './plain-ffmpeg.ts'
import { type TreeUse, watchTree } from './process-tree.ts'
import { createShowWithArtwork, download, ready } from './publishing.ts'

type Run = Cost & Pick<TreeUse, 'peakMb'> & Readonly<{ cores: number; isPinned: boolean; marks: string }>

/**
 * An hour from its 202 to `ready`, on one, two and all cores, beside a plain encode and a measurement by ffmpeg, all in turns.
 * The floor is what those two need of the cores' time.
 */
export async function timeBench({ studio, rounds }: Session): Promise<Row[]> {
  const hour = await studio.hour()
  const plain: Cost[] = []
  const measurements: Cost[] = []
  const runs: Run[] = []
  for (let round = 0; round < rounds; round += 1) {
    plain.push(await timePlainEncode(hour, `${hour}.plain.mp3`))
    measurements.push(await timeMeasurement(hour))
    for (const cores of coreCounts()) runs.push(await timeProgram(hour, cores))
  }
  const floorCpu = medianOf(plain, 'cpuSeconds') + medianOf(measurements, 'cpuSeconds')
  const plainWall = medianOf(plain, 'wallSeconds')
  return [
    plainRow(plain, measurements),
    ...coreCounts().map((cores) =>
      coreRow(
        runs.filter((run) => run.cores === cores),
        floorCpu / cores,
        plainWall,
      ),
    ),
    memoryRow(runs),
    { what: 'what the finished hour has', measured: runs[0]?.marks ?? '', target: '12 chapters and a cover' },
  ]
}

const timeProgram = (hour: string, cores: number): Promise<Run> =>
  withBench(async ({ start, folder }) => {
    const program = await start({ ENCODE_THREADS: String(cores) })
    const isPinned = await pinToCores(program.pid, cores)
    const show = await createShowWithArtwork(program)
    const episode = await createEpisode(program, show.id, { title: 'An hour' })
    const upload = await putAudio(program, episode.id, hour)
    const startedAt = performance.now()
    const watch = await watchTree(program.pid)
    await ready(program, upload)
    const wallSeconds = (performance.now() - startedAt) / 1000
    const use = await watch.stop()
    const marks = await marksOf(await download(await publish(program, episode.id), path.join(folder, 'hour.mp3')))
    return { cores, isPinned, wallSeconds, ...use, marks }
  })

function plainRow(plain: readonly Cost[], measurements: readonly Cost[]): Row {
  const wall = medianOf(plain, 'wallSeconds')
  const cpu = medianOf(plain, 'cpuSeconds')
  const measuring = medianOf(measurements, 'cpuSeconds').toFixed(1)
  const remark = wall > 1.1 * cpu ? '; OTHERS USED THE CORES TOO: what stands below is too long' : ''
  return {
    what: `an hour of 44.1 kHz stereo WAV: plain \`ffmpeg -b:a 128k\`, median of ${plain.length}`,
    measured: `${wall.toFixed(1)} s (CPU ${cpu.toFixed(1)} s; one ebur128 pass ${measuring} s${remark})`,
    target: '',
  }
}

function coreRow(runs: readonly Run[], floor: number, plainWall: number): Row {
  const wall = medianOf(runs, 'wallSeconds')
  const { cores = 0, isPinned = false } = runs[0] ?? {}
  const ratios = `${(wall / floor).toFixed(2)} × the floor of ${floor.toFixed(1)} s, ${(wall / plainWall).toFixed(2)} × plain`
  return {
    what: `the same, 202 -> ready, ENCODE_THREADS=${cores}${isPinned ? ` on ${cores} of the cores` : ', not pinned'}`,
    measured: `${wall.toFixed(1)} s: ${ratios}; CPU of all processes ${medianOf(runs, 'cpuSeconds').toFixed(1)} s`,
    target: `<= 1.15 × the floor${cores > 1 ? ', < 1 × plain' : ''}`,
  }
}

function memoryRow(runs: readonly Run[]): Row {
  const highest = Math.max(...runs.map(({ peakMb }) => peakMb))
  return {
    what: 'highest memory meanwhile, the program and its ffmpegs (resident, pages that they share counted once)',
    measured: `${highest.toFixed(0)} MB`,
    target: '< 300 MB',
  }
}

const medianOf = <K extends keyof Cost>(costs: readonly Cost[], what: K) => median(costs.map((cost) => cost[what]))
