import type { UploadView } from '../../shows/schemas.ts'
import { tus } from './tus.ts'

type Unfinished = Readonly<{ upload: UploadView; keepAudio: boolean }>

/** The newest upload for that episode that this browser began and did not finish; undefined when there is none. */
export async function findUnfinished(episodeId: string): Promise<Unfinished | undefined> {
  const known = await tus.defaultOptions.urlStorage.findAllUploads()
  const [latest] = known
    .filter(({ metadata }) => metadata?.episodeId === episodeId)
    .sort((a, b) => (a.creationTime < b.creationTime ? 1 : -1))
  if (!latest?.uploadUrl) return undefined
  const response = await fetch(latest.uploadUrl).catch(() => undefined)
  const upload: UploadView | undefined = response?.ok ? await response.json() : undefined
  if (upload?.state !== 'receiving') return undefined
  return { upload, keepAudio: latest.metadata?.keepAudio === 'true' }
}
