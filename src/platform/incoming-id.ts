import { notFound } from '../core/errors.ts'

/**
 * The id itself, when it can be the name of an upload: no dot (the stores put `.json`, `.info` and `.part` beside it) and no
 * slash. Throws `not-found`, as ids come from addresses.
 */
export function checkedUploadId(uploadId: string): string {
  if (!/^[\w-]{1,128}$/.test(uploadId)) throw notFound('upload', uploadId)
  return uploadId
}
