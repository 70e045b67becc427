import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { newId } from '../core/ids.ts'
import { linkOrCopy, sync } from './disk.ts'

type Write = (temporary: string) => Promise<void>

/** Makes what `write` puts into a new file the durable file `target`, below `folder`; or leaves nothing. */
export async function store(folder: string, target: string, write: Write): Promise<void> {
  await writeBeside(folder, write, async (temporary) => {
    await mkdir(path.dirname(target), { recursive: true })
    await rename(temporary, target)
  })
  await syncFolders(path.dirname(target), folder)
}

/** Has a file written on the same file system, lets `keep` move it away, and removes it when anything fails. */
export async function writeBeside(folder: string, write: Write, keep: Write): Promise<void> {
  const temporary = path.join(folder, '.writing', newId())
  await mkdir(path.dirname(temporary), { recursive: true })
  try {
    await write(temporary)
    await keep(temporary)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** A new file of those bytes, durable. */
export const writeNew = (file: string, bytes: Readable): Promise<void> =>
  withFile(file, 'wx', (handle) => writeFile(handle, bytes))

/** The same bytes under another name, durable. */
export async function linkDurably(file: string, target: string): Promise<void> {
  await linkOrCopy(file, target)
  await sync(target)
}

/** The same file with other bytes at its beginning, durable. */
export const overwriteHead = (file: string, head: Buffer): Promise<void> =>
  withFile(file, 'r+', (handle) => writeFile(handle, head))

async function withFile(file: string, flags: string, write: (handle: FileHandle) => Promise<void>): Promise<void> {
  const handle = await open(file, flags)
  try {
    await write(handle)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** All the way up, also where nothing is new: another put may have made a folder and not synced it yet. */
async function syncFolders(from: string, top: string): Promise<void> {
  for (let folder = from; folder.startsWith(top); folder = path.dirname(folder)) await sync(folder)
}
