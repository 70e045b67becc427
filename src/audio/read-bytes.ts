import { type FileHandle, open } from 'node:fs/promises'

/** The bytes at that place, fewer where the file ends. */
export async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** The same into a buffer that is used again: the part of it that was filled. One read may give less than there is. */
export async function fillBuffer(file: FileHandle, buffer: Buffer, position: number): Promise<Buffer> {
  let filled = 0
  while (filled < buffer.length) {
    const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

/** The bytes at that place of a file that is not open yet. */
export async function readPart(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path)
  try {
    return await readBytes(file, position, length)
  } finally {
    await file.close()
  }
}
