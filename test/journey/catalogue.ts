import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { EpisodeView, ShowView, UploadView } from '../../src/shows/schemas.ts'
import { eventually, type Program } from './program.ts'

export const aShow = {
  title: 'The Journey Show',
  description: 'Recordings that travel from a recorder to an ear.',
  language: 'en',
  category: 'Technology',
  explicit: false,
  author: 'The Travellers',
  ownerEmail: 'travellers@example.com',
}

/** The answer's JSON; throws with the problem's words when it is not that status. */
export async function expectJson<T>(response: Response, status: number): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.url} answered ${response.status}: ${text}`)
  return JSON.parse(text)
}

export const createShow = async (program: Program, fields: object = {}) =>
  expectJson<ShowView>(await program.api('POST', '/shows', { ...aShow, ...fields }), 201)

export const createEpisode = async (program: Program, showId: string, fields: object = {}) =>
  expectJson<EpisodeView>(
    await program.api('POST', `/shows/${showId}/episodes`, { title: 'First light', notes: '# Hello', ...fields }),
    201,
  )

/** Uploads a file by one plain PUT and returns the upload. */
export async function putAudio(program: Program, episodeId: string, file: string): Promise<UploadView> {
  const { size } = await stat(file)
  const body = Readable.toWeb(createReadStream(file))
  const headers = { 'x-filename': file.replace(/^.*\//, ''), 'content-length': String(size) }
  const { upload } = await expectJson<{ upload: UploadView }>(
    await program.api('PUT', `/episodes/${episodeId}/audio`, body, headers),
    202,
  )
  return upload
}

/** Waits until the upload has ended, and returns it. */
export const uploadEnd = (program: Program, uploadId: string, seconds = 60): Promise<UploadView> =>
  eventually(seconds, async () => {
    const upload = await expectJson<UploadView>(await program.api('GET', `/uploads/${uploadId}`), 200)
    return ['ready', 'failed', 'cancelled'].includes(upload.state) && upload
  })

export const publish = async (program: Program, episodeId: string, at?: string) =>
  expectJson<EpisodeView>(await program.api('PUT', `/episodes/${episodeId}/publication`, at ? { at } : {}), 200)
