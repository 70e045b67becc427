import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

/** Writes parts one after the other. May leave a part of the target when it throws. */
export async function writeMp3(
  target: string,
  parts: AsyncIterable<Buffer>,
): Promise<{ bytes: number /** Hex. */; sha256: string }> {
  const hash = createHash('sha256')
  const file = await open(target, 'w')
  let bytes = 0
  try {
    for await (const part of parts) {
      hash.update(part)
      await file.writeFile(part)
      bytes += part.length
    }
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex') }
}
