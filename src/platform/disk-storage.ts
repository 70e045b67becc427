import { constants, createReadStream } from 'node:fs'
import { copyFile, open, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { AppError } from '../core/errors.ts'
import type { ByteRange, ObjectStorage, ReplacedHead, StoredObject } from '../core/storage.ts'
import { cannotWrite, diskFailure, unlessMissing } from './disk.ts'
import { createBlockCache } from './disk-blocks.ts'
import { linkDurably, overwriteHead, store, writeBeside, writeNew } from './disk-writing.ts'
import { exactly } from './exactly.ts'
import { joined, replacedSize } from './replaced-head.ts'
import { checkedKey, folderOfPrefix, isStorageKey } from './storage-key.ts'

const readBytes = 256 * 1024
const dayMs = 24 * 3600 * 1000

/**
 * Objects as files below a folder, named by their keys. What is being written waits in `.writing/` there, which no key can
 * name; `check` also removes what a crash left in it more than a day ago.
 */
export function createDiskStorage(at: string): ObjectStorage {
  const folder = path.resolve(at)
  const blocks = createBlockCache()
  return {
    async put(key, body, { size }) {
      await put(folder, key, body, size)
      blocks.forget(key)
    },
    async putFile(key, file) {
      await putFile(folder, key, file)
      blocks.forget(key)
    },
    async replaceHead(from, to, options) {
      const object = await replaceHead(folder, from, to, options)
      blocks.forget(to)
      return object
    },
    head: (key) => head(folder, key),
    open: (key, range) => openObject(folder, key, range),
    openBlocks: (key) => blocks.open(key, () => path.join(folder, checkedKey(key))),
    delete: async (key) => {
      blocks.forget(key)
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
    await store(folder, path.join(folder, checkedKey(key)), (temporary) => writeNew(temporary, bytes))
  } catch (error) {
    body.destroy()
    throw diskFailure(error)
  }
}

async function putFile(folder: string, key: string, file: string): Promise<void> {
  try {
    await store(folder, path.join(folder, checkedKey(key)), (temporary) => linkDurably(file, temporary))
  } catch (error) {
    throw diskFailure(error)
  }
}

async function replaceHead(
  folder: string,
  from: string,
  to: string,
  options: ReplacedHead,
): Promise<StoredObject | undefined> {
  const source = await head(folder, from)
  if (!source) return undefined
  const size = replacedSize(source, options)
  const target = path.join(folder, checkedKey(to))
  try {
    await store(folder, target, (temporary) => writeReplaced(path.join(folder, from), temporary, { ...options, size }))
  } catch (error) {
    throw diskFailure(error)
  }
  return head(folder, to)
}

/** Where the heads are equally long the rest stays in its place: the file system copies it, or shares its blocks if it can. */
async function writeReplaced(
  source: string,
  temporary: string,
  { head, skip, size }: ReplacedHead & { size: number },
): Promise<void> {
  if (head.length === skip) {
    await copyFile(source, temporary, constants.COPYFILE_FICLONE)
    await overwriteHead(temporary, head)
  } else {
    const rest = () => createReadStream(source, { start: skip, highWaterMark: readBytes })
    await writeNew(temporary, exactly(joined(head, rest), size))
  }
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
    const write = (temporary: string) => writeNew(temporary, Readable.from([Buffer.from('writable')]))
    await writeBeside(folder, write, (temporary) => rm(temporary))
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
