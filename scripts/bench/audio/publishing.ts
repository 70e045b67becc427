import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { EpisodeView, ShowView, UploadView } from '../../../src/shows/schemas.ts'
import { createEpisode, createShow, expectJson, publish, putAudio } from '../../../test/journey/catalogue.ts'
import type { Program } from '../../../test/journey/program.ts'

const longestMs = 15 * 60_000

/** A show with artwork, so that its episodes get a cover. */
export async function createShowWithArtwork(program: Program, fields: object = {}): Promise<ShowView> {
  const show = await createShow(program, fields)
  const artwork = await readFile(path.resolve('media/sample/artwork.jpg'))
  return expectJson(
    await program.api('PUT', `/shows/${show.id}/artwork`, artwork, { 'content-type': 'image/jpeg' }),
    200,
  )
}

/** Uploads a recording to a new episode, waits until it is ready, and publishes it. Throws when it fails. */
export async function publishRecording(
  program: Program,
  showId: string,
  file: string,
  title: string,
): Promise<EpisodeView> {
  const episode = await createEpisode(program, showId, { title })
  await ready(program, await putAudio(program, episode.id, file))
  return publish(program, episode.id)
}

/** Waits until the upload is `ready`, looking more often at the end: a look costs the program a millisecond or two. */
export async function ready(program: Program, { id }: UploadView): Promise<void> {
  for (const giveUpAt = Date.now() + longestMs; Date.now() < giveUpAt; ) {
    const { state, reason, progress } = await expectJson<UploadView>(await program.api('GET', `/uploads/${id}`), 200)
    if (state === 'ready') return
    if (['failed', 'cancelled'].includes(state)) throw new Error(`the upload is ${state}: ${reason}`)
    await sleep(progress < 0.9 ? 250 : 50)
  }
  throw new Error(`the upload was not ready after ${longestMs / 60_000} minutes`)
}

/** Fetches the enclosure as a listener does, into that file. */
export async function download(episode: EpisodeView, target: string): Promise<string> {
  const answer = await fetch(episode.audio?.url ?? '')
  if (!answer.ok) throw new Error(`the enclosure answered ${answer.status}`)
  await writeFile(target, Buffer.from(await answer.arrayBuffer()))
  return target
}
