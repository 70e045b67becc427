import { setTimeout as sleep } from 'node:timers/promises'
import type { UploadView } from '../../src/shows/schemas.ts'
import { makeRecording } from '../../test/fixtures/recordings.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from '../../test/journey/catalogue.ts'
import type { Program } from '../../test/journey/program.ts'
import { type Bench, median, percentile, type Row, withBench } from './bench-station.ts'

const recordingSeconds = 1_200
const everyMs = 10
const warmUps = 300

/** Pages and feeds of a `ROLE=all` process, asked a hundred times a second, at rest and while it encodes twenty minutes. */
export const latencyBench = (): Promise<Row[]> =>
  withBench(async ({ start, folder }) => {
    const station = await openStation({ start, folder })
    const atRest = await measure(station.urls, times(1_000))
    const options = { kind: 'wav', sound: 'noise', seconds: recordingSeconds, channels: 2 } as const
    const encoding = await measureEncoding(station, await makeRecording(folder, options))
    return [row('at rest', atRest), row('while it encodes', encoding)]
  })

/** The same while that recording is encoded. */
export const latencyWhileEncoding = (recording: string, when: string): Promise<Row[]> =>
  withBench(async (bench) => [row(when, await measureEncoding(await openStation(bench), recording))])

type Station = Readonly<{ program: Program; showId: string; urls: readonly string[] }>

/** A show with one published episode, whose addresses have been asked often enough to be fast. */
async function openStation({ start, folder }: Pick<Bench, 'start' | 'folder'>): Promise<Station> {
  const program = await start()
  const show = await createShow(program)
  const short = await makeRecording(folder, { kind: 'wav', seconds: 5, channels: 2, filename: 'short.wav' })
  const ready = await createEpisode(program, show.id, { title: 'Ready' })
  await uploadEnd(program, (await putAudio(program, ready.id, short)).id)
  const { pageUrl } = await publish(program, ready.id)
  const urls = [pageUrl, show.pageUrl, show.feedUrl]
  await measure(urls, times(warmUps))
  return { program, showId: show.id, urls }
}

async function measureEncoding({ program, showId, urls }: Station, recording: string): Promise<number[]> {
  const episode = await createEpisode(program, showId, { title: 'Long', slug: 'long' })
  const { id } = await putAudio(program, episode.id, recording)
  return measure(urls, whileWorking(program, id))
}

function row(when: string, times: readonly number[]): Row {
  const measured = `${percentile(times, 0.99).toFixed(1)} ms (median ${median(times).toFixed(1)}, n = ${times.length})`
  return { what: `p99 of page and feed requests ${when}, ROLE=all`, measured, target: '< 20 ms' }
}

async function measure(urls: readonly string[], goesOn: () => Promise<boolean>): Promise<number[]> {
  const times: number[] = []
  while (await goesOn()) {
    for (const url of urls) {
      const startedAt = performance.now()
      const answer = await fetch(url)
      await answer.arrayBuffer()
      if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`)
      times.push(performance.now() - startedAt)
      await sleep(everyMs)
    }
  }
  return times
}

function times(count: number): () => Promise<boolean> {
  let asked = 0
  return async () => asked++ < count
}

/** Looked at once a second, so that the look itself is no load. */
function whileWorking(program: Program, uploadId: string): () => Promise<boolean> {
  let lastLookAt = 0
  let isWorking = true
  return async () => {
    if (Date.now() - lastLookAt < 1_000) return isWorking
    lastLookAt = Date.now()
    const upload = await expectJson<UploadView>(await program.api('GET', `/uploads/${uploadId}`), 200)
    if (upload.state === 'failed') throw new Error(`the recording was not encoded: ${upload.reason}`)
    isWorking = !['ready', 'cancelled'].includes(upload.state)
    return isWorking
  }
}
