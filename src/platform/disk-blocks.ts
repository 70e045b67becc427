import { close, fstat, open, read } from 'node:fs'
import { promisify } from 'node:util'
import { type BlockReader, blockBytes } from '../core/storage.ts'
import { unlessMissing } from './disk.ts'

const mostBytes = 64 * 1024 ** 2
const mostDescriptors = 256
const openFile = promisify(open)
const statFile = promisify(fstat)

type OpenFile = {
  readonly key: string
  readonly descriptor: number
  readonly blocks: Map<number, Buffer | Promise<Buffer>>
  readers: number
  /** Somebody replaced or deleted it: the last reader closes it. */
  isStale: boolean
}

export type BlockCache = Readonly<{
  /** `file` is where it lies. */
  open(key: string, file: () => string): Promise<BlockReader | undefined>
  /** The object changed or went: whoever opens it from now on does not get what was kept. */
  forget(key: string): void
}>

/**
 * Keeps the files that are asked for open, and their blocks that were asked for last in memory: opening and reading take longer than
 * sending. Bounded in files and bytes; what is in use stays until it is released.
 */
export function createBlockCache(): BlockCache {
  const files = new Map<string, Promise<OpenFile | undefined>>()
  /** Which block was asked for last stands last. */
  const recent = new Map<Buffer, Readonly<{ file: OpenFile; block: number }>>()

  async function find(key: string, file: () => string): Promise<OpenFile | undefined> {
    const kept = files.get(key)
    const opening = kept ?? openAt(key, file())
    files.delete(key)
    files.set(key, opening)
    if (!kept) void closeOldest()
    const found = await opening
    if (!found) files.delete(key)
    return found
  }

  async function closeOldest(): Promise<void> {
    for (const [key, opening] of files) {
      if (files.size <= mostDescriptors) return
      const file = await opening
      if (file && file.readers > 0) continue
      forget(key)
    }
  }

  function forget(key: string): void {
    const opening = files.get(key)
    files.delete(key)
    void opening?.then((file) => {
      if (!file) return
      file.isStale = true
      closeIfUnused(file)
    })
  }

  function closeIfUnused(file: OpenFile): void {
    if (!file.isStale || file.readers > 0) return
    for (const bytes of file.blocks.values()) if (Buffer.isBuffer(bytes)) recent.delete(bytes)
    file.blocks.clear()
    close(file.descriptor, () => {})
  }

  function readBlock(file: OpenFile, block: number): Buffer | Promise<Buffer> {
    const kept = file.blocks.get(block)
    if (kept && Buffer.isBuffer(kept) && isNearlyFull()) touch(kept, file, block)
    return kept ?? load(file, block)
  }

  /** Long before, nobody need know what was asked for last. */
  const isNearlyFull = () => recent.size * blockBytes > mostBytes * 0.75

  function load(file: OpenFile, block: number): Promise<Buffer> {
    const loading = readAt(file.descriptor, block * blockBytes).then(
      (bytes) => {
        file.blocks.set(block, bytes)
        touch(bytes, file, block)
        return bytes
      },
      (error) => {
        file.blocks.delete(block)
        throw error
      },
    )
    file.blocks.set(block, loading)
    return loading
  }

  function touch(bytes: Buffer, file: OpenFile, block: number): void {
    recent.delete(bytes)
    recent.set(bytes, { file, block })
    if (recent.size * blockBytes <= mostBytes) return
    for (const [oldest, place] of recent) {
      recent.delete(oldest)
      place.file.blocks.delete(place.block)
      return
    }
  }

  return {
    forget,
    async open(key, path) {
      const file = await find(key, path)
      if (!file) return undefined
      file.readers += 1
      let isReleased = false
      return {
        read: (block) => readBlock(file, block),
        release() {
          if (isReleased) return
          isReleased = true
          file.readers -= 1
          closeIfUnused(file)
        },
      }
    },
  }
}

async function openAt(key: string, path: string): Promise<OpenFile | undefined> {
  const descriptor = await unlessMissing(openFile(path, 'r'))
  if (descriptor === undefined) return undefined
  if ((await statFile(descriptor)).isFile()) return { key, descriptor, blocks: new Map(), readers: 0, isStale: false }
  close(descriptor, () => {})
  return undefined
}

function readAt(descriptor: number, position: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.allocUnsafeSlow(blockBytes)
    read(descriptor, bytes, 0, blockBytes, position, (error, found) => {
      if (error) reject(error)
      else resolve(found === blockBytes ? bytes : bytes.subarray(0, found))
    })
  })
}
