import { mkdirSync } from 'node:fs'
import { open, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { FileStore } from '@tus/file-store'
import type { Locker } from '@tus/server'
import type { Incoming } from '../core/incoming.ts'
import { diskFailure, linkOrCopy, sync, unlessMissing } from './disk.ts'
import { checkedUploadId } from './incoming-id.ts'

/** Uploads as files in a folder, each with tus's own record beside it (`<id>.json`). */
export function createDiskIncoming(folder: string, locker: Locker): Incoming {
  // The store makes it too, but does not wait for it.
  mkdirSync(folder, { recursive: true })
  const store = new FileStore({ directory: folder })
  const fileOf = (uploadId: string) => path.join(folder, checkedUploadId(uploadId))
  return {
    store,
    locker,
    storeId: checkedUploadId,
    async settle(uploadId) {
      if (!(await isWhole(store, checkedUploadId(uploadId)))) throw new Error(`Upload ${uploadId} is not whole`)
      await sync(fileOf(uploadId))
      await sync(`${fileOf(uploadId)}.json`)
      await sync(folder)
    },
    peek: (uploadId, length) => peek(fileOf(uploadId), length),
    async checkOut(uploadId, target) {
      if (!(await isWhole(store, checkedUploadId(uploadId)))) return false
      await checkOut(fileOf(uploadId), target)
      return true
    },
    async remove(uploadId) {
      // The record goes last, so that a crash in between leaves something to find.
      await rm(fileOf(uploadId), { force: true })
      await rm(`${fileOf(uploadId)}.json`, { force: true })
    },
    list: () => list(folder),
  }
}

async function isWhole(store: FileStore, uploadId: string): Promise<boolean> {
  const record = await store.configstore.get(uploadId)
  const file = await unlessMissing(stat(path.join(store.directory, uploadId)))
  return file !== undefined && file.size === record?.size
}

async function peek(file: string, length: number): Promise<Buffer> {
  const handle = await unlessMissing(open(file))
  if (!handle) return Buffer.alloc(0)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function checkOut(file: string, target: string): Promise<void> {
  try {
    await rm(target, { force: true })
    await linkOrCopy(file, target)
  } catch (error) {
    await rm(target, { force: true })
    throw diskFailure(error)
  }
}

async function* list(folder: string): AsyncGenerator<{ uploadId: string; createdAt: number }> {
  const names = await readdir(folder)
  for (const uploadId of new Set(names.map((name) => name.replace(/\.json$/, '')))) {
    const createdAt = await creationOf(path.join(folder, uploadId))
    if (createdAt !== undefined) yield { uploadId, createdAt }
  }
}

/** What the record says; where a crash left half a pair, the time of the half. Undefined: it went away meanwhile. */
async function creationOf(file: string): Promise<number | undefined> {
  const recorded = await recordedCreation(`${file}.json`)
  if (recorded) return recorded
  const half = (await unlessMissing(stat(file))) ?? (await unlessMissing(stat(`${file}.json`)))
  return half && Math.trunc(half.mtimeMs)
}

async function recordedCreation(record: string): Promise<number | undefined> {
  try {
    return Date.parse(JSON.parse(await readFile(record, 'utf8')).creation_date)
  } catch {
    return undefined
  }
}
