import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '../core/errors.ts'
import { newId } from '../core/ids.ts'
import type { ByteRange, ObjectStorage, StoredObject } from '../core/storage.ts'
import { cannotWrite, diskFailure, sync, unlessMissing } from './disk.ts'
import { exactly } from './exactly.ts'
import { checkedKey, folderOfPrefix, isStorageKey } from './storage-key.ts'

const readBytes = 256 * 1024
const dayMs = 24 * 3600 * 1000

/**
 * Objects as files below a folder, named by their keys. What is being written waits in `.writing/` there, which no key can
 * name; `check` also removes what a crash left in it more than a day ago.
 */
export function createDiskStorage(at: string): ObjectStorage {
  const folder = path.resolve(at)
  return {
    put: (key, body, { size }) => put(folder, key, body, size),
    head: (key) => head(folder, key),
    open: (key, range) => openObject(folder, key, range),
    delete: async (key) => {
      // An object's name may be a folder of others: then there is no such object.
      if (await head(folder, key)) await rm(path.join(folder, checkedKey(key)), { force: true })
    },
    list: (prefix) => list(folder, folderOfPrefix(prefix)),
    redirectUrl: async () => undefined,
    check: () => check(folder),
  }
}

async function put(folder: string, key: string, body: Readable, size: number): Promise<void> {
  const bytes = exactly(body, size)
  try {
    const target = path.join(folder, checkedKey(key))
    await writeBeside(folder, bytes, async (temporary) => {
      await mkdir(path.dirname(target), { recursive: true })
      await rename(temporary, target)
    })
    await syncFolders(path.dirname(target), folder)
  } catch (error) {
    body.destroy()
    throw diskFailure(error)
  }
}

/** Writes a durable file on the same file system, lets `keep` move it away, and removes it when anything fails. */
async function writeBeside(folder: string, bytes: Readable, keep: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = path.join(folder, '.writing', newId())
  await mkdir(path.dirname(temporary), { recursive: true })
  try {
    const file = await open(temporary, 'wx')
    try {
      await writeFile(file, bytes)
      await file.sync()
    } finally {
      await file.close()
    }
    await keep(temporary)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** All the way up, also where nothing is new: another put may have made a folder and not synced it yet. */
async function syncFolders(from: string, top: string): Promise<void> {
  for (let folder = from; folder.startsWith(top); folder = path.dirname(folder)) await sync(folder)
}

async function head(folder: string, key: string): Promise<StoredObject | undefined> {
  const file = await unlessMissing(stat(path.join(folder, checkedKey(key))))
  return file?.isFile() ? { key, size: file.size, modifiedAt: Math.trunc(file.mtimeMs) } : undefined
}

async function openObject(folder: string, key: string, range?: ByteRange): Promise<Readable | undefined> {
  const file = await unlessMissing(open(path.join(folder, checkedKey(key))))
  if (!file) return undefined
  if ((await file.stat()).isFile()) return file.createReadStream({ ...range, highWaterMark: readBytes })
  await file.close()
  return undefined
}

async function* list(folder: string, prefix: string): AsyncGenerator<StoredObject> {
  for (const entry of (await unlessMissing(readdir(path.join(folder, prefix), { withFileTypes: true }))) ?? []) {
    const key = prefix + entry.name
    if (!isStorageKey(key)) continue
    if (entry.isDirectory()) yield* list(folder, `${key}/`)
    const object = entry.isFile() ? await head(folder, key) : undefined
    if (object) yield object
  }
}

async function check(folder: string): Promise<void> {
  try {
    await writeBeside(folder, Readable.from([Buffer.from('writable')]), (temporary) => rm(temporary))
    await removeLeftovers(path.join(folder, '.writing'))
  } catch (error) {
    const failure = diskFailure(error)
    throw failure instanceof AppError ? failure : cannotWrite(error)
  }
}

async function removeLeftovers(writing: string): Promise<void> {
  for (const name of await readdir(writing)) {
    const file = await unlessMissing(stat(path.join(writing, name)))
    if (file && file.mtimeMs < Date.now() - dayMs) await rm(path.join(writing, name), { force: true })
  }
}
