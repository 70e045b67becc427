import { open } from 'node:fs/promises'
import { readBytes } from '../read-bytes.ts'

const boxHeaderBytes = 8
const longHeaderBytes = 16

/** Where the content of the `mdat` box of an MP4 file begins (ISO/IEC 14496-12 §4.2). Throws when there is none. */
export async function findAudioStart(path: string): Promise<number> {
  const file = await open(path)
  try {
    for (let at = 0; ; ) {
      const header = await readBytes(file, at, longHeaderBytes)
      if (header.length < boxHeaderBytes) throw new Error(`${path} has no audio`)
      const isLong = header.readUInt32BE(0) === 1
      if (header.toString('latin1', 4, 8) === 'mdat') return at + (isLong ? longHeaderBytes : boxHeaderBytes)
      const size = isLong ? Number(header.readBigUInt64BE(8)) : header.readUInt32BE(0)
      if (size < boxHeaderBytes) throw new Error(`${path} is no MP4 file`)
      at += size
    }
  } finally {
    await file.close()
  }
}
