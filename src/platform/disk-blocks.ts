import { close, fstat, open, read } from 'node:fs'
import { promisify } from 'node:util'
import { type BlockReader, blockBytes } from '../core/storage.ts'
import { unlessMissing } from './disk.ts'

const mostBytes = 64 * 1024 ** 2
const mostDescriptors = 256
const openFile = promisify(open)
const statFile = promisify(fstat)

type OpenFile = {
  readonly descriptor: number
  readonly blocks: Map<number, Block | Promise<Buffer>>
  readers: number
  /** Somebody replaced or deleted it: the last reader closes it. */
  isStale: boolean
}

type Block = {
  readonly bytes: Buffer
  readonly file: OpenFile
  readonly number: number
  /** Since it was read, or since its place was wanted for another one. */
  wasAskedFor: boolean
}

export type BlockCache = Readonly<{
  /** `file` is where it lies. */
  open(key: string, file: () => string): BlockReader | Promise<BlockReader | undefined>
  /** The object changed or went: whoever opens it from now on does not get what was kept. */
  forget(key: string): void
}>

/**
 * Keeps the files that are asked for open, and their blocks that were asked for last in memory: opening and reading take longer than
 * sending. Bounded in files and bytes; what is in use stays until it is released.
 */
export function createBlockCache(): BlockCache {
  const files = new Map<string, OpenFile | Promise<OpenFile | undefined>>()
  /** In the order in which they were read, or passed over when their place was wanted. */
  const loaded = new Set<Block>()

  function find(key: string, file: () => string): OpenFile | Promise<OpenFile | undefined> {
    const kept = files.get(key)
    if (!kept) return openNew(key, file())
    // Long before they are too many, nobody need know which was asked for last.
    if (files.size > mostDescriptors / 2) {
      files.delete(key)
      files.set(key, kept)
    }
    return kept
  }

  function openNew(key: string, path: string): Promise<OpenFile | undefined> {
    const opening = openAt(path).then(
      (file) => settle(file),
      (error) => {
        settle(undefined)
        throw error
      },
    )
    /** Unless somebody forgot it meanwhile. */
    function settle(file: OpenFile | undefined): OpenFile | undefined {
      if (files.get(key) !== opening) return file
      if (file) files.set(key, file)
      else files.delete(key)
      return file
    }
    files.set(key, opening)
    closeOldest()
    return opening
  }

  function closeOldest(): void {
    for (const [key, file] of files) {
      if (files.size <= mostDescriptors) return
      if (!(file instanceof Promise) && file.readers === 0) forget(key)
    }
  }

  function forget(key: string): void {
    const kept = files.get(key)
    files.delete(key)
    // Not at once: who waits for it to be opened has it first.
    void Promise.resolve(kept).then(retire, () => {})
  }

  function retire(file: OpenFile | undefined): void {
    if (!file) return
    file.isStale = true
    closeIfUnused(file)
  }

  function closeIfUnused(file: OpenFile): void {
    if (!file.isStale || file.readers > 0) return
    for (const block of file.blocks.values()) if (!(block instanceof Promise)) loaded.delete(block)
    file.blocks.clear()
    close(file.descriptor, () => {})
  }

  function readBlock(file: OpenFile, number: number): Buffer | Promise<Buffer> {
    const block = file.blocks.get(number)
    if (block === undefined) return load(file, number)
    if (block instanceof Promise) return block
    block.wasAskedFor = true
    return block.bytes
  }

  function load(file: OpenFile, number: number): Promise<Buffer> {
    const loading = readAt(file.descriptor, number * blockBytes).then(
      (bytes) => {
        keep({ bytes, file, number, wasAskedFor: false })
        return bytes
      },
      (error) => {
        file.blocks.delete(number)
        throw error
      },
    )
    file.blocks.set(number, loading)
    return loading
  }

  function keep(block: Block): void {
    block.file.blocks.set(block.number, block)
    loaded.add(block)
    if (loaded.size * blockBytes > mostBytes) dropOldest()
  }

  /** What was asked for gets a second chance: noting it takes less, at each request, than to keep them in the order of their use. */
  function dropOldest(): void {
    for (const block of loaded) {
      loaded.delete(block)
      if (!block.wasAskedFor) {
        block.file.blocks.delete(block.number)
        return
      }
      block.wasAskedFor = false
      loaded.add(block)
    }
  }

  function readerOf(file: OpenFile): BlockReader {
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
  }

  return {
    forget,
    // Where it is open there is no wait, in which it could be closed before it has a reader.
    open(key, path) {
      const found = find(key, path)
      return found instanceof Promise ? found.then((file) => file && readerOf(file)) : readerOf(found)
    },
  }
}

async function openAt(path: string): Promise<OpenFile | undefined> {
  const descriptor = await unlessMissing(openFile(path, 'r'))
  if (descriptor === undefined) return undefined
  if ((await statFile(descriptor)).isFile()) return { descriptor, blocks: new Map(), readers: 0, isStale: false }
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
