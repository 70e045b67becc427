import { constants, copyFile, link, open } from 'node:fs/promises'
import { unavailable } from '../core/errors.ts'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException | undefined)?.code

/** Whether the file, or a folder on the way to it, is not there. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')

/** The answer, or undefined when the file is not there. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** The same bytes under a name that is free: a hard link, or a copy where there can be none. May leave a part of it when it throws. */
export async function linkOrCopy(file: string, target: string): Promise<void> {
  try {
    await link(file, target)
  } catch (error) {
    if (!cannotLink(error)) throw error
    await copyFile(file, target, constants.COPYFILE_FICLONE)
  }
}

/** Whether these two places are on different file systems, or on one that has no hard links. */
const cannotLink = (error: unknown): boolean => ['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK'].includes(codeOf(error) ?? '')

/** The same error, or one that tells people what to do where the disk itself is the cause. */
export function diskFailure(error: unknown): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return unavailable('The disk of this station is full. Free some space on it, then try again.', error)
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return cannotWrite(error)
    default:
      return error
  }
}

export const cannotWrite = (cause: unknown) =>
  unavailable(
    'The folder of this station cannot be written to. Let its user write there (LONGWAVE_HOME), then try again.',
    cause,
  )

/** Makes a file's bytes, or a folder's list of names, survive a power cut. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
