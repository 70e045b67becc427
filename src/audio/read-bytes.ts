import { type FileHandle, open } from 'node:fs/promises'

/** The bytes at that place, fewer where the file ends. */
export async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

/** The same, of a file that is not open yet. */
export async function readPart(path: string, position: number, length: number): Promise<Buffer> {
  const file = await open(path)
  try {
    return await readBytes(file, position, length)
  } finally {
    await file.close()
  }
}
