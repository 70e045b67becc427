import { open } from 'node:fs/promises'

type Cue = Readonly<{ atSeconds: number; title: string }>

/** Adds chapter marks to a 44.1 kHz WAV as editors do: a `cue ` chunk, and a `LIST adtl` chunk with their names. */
export async function addCues(file: string, cues: readonly Cue[]): Promise<void> {
  const wav = await open(file, 'r+')
  try {
    const { size } = await wav.stat()
    const chunks = Buffer.concat([cueChunk(cues), labelChunk(cues)])
    await wav.write(chunks, 0, chunks.length, size)
    const riffSize = Buffer.alloc(4)
    riffSize.writeUInt32LE(size + chunks.length - 8)
    await wav.write(riffSize, 0, 4, 4)
  } finally {
    await wav.close()
  }
}

function cueChunk(cues: readonly Cue[]): Buffer {
  const points = cues.map(({ atSeconds }, index) => {
    const sample = Math.round(atSeconds * 44_100)
    return Buffer.concat([u32(index + 1), u32(sample), Buffer.from('data'), u32(0), u32(0), u32(sample)])
  })
  return chunk('cue ', [u32(cues.length), ...points])
}

function labelChunk(cues: readonly Cue[]): Buffer {
  const labels = cues.map(({ title }, index) => chunk('labl', [u32(index + 1), Buffer.from(`${title}\0`)]))
  return chunk('LIST', [Buffer.from('adtl'), ...labels])
}

/** A body of odd length is followed by a byte that its size does not count. */
function chunk(name: string, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(name), u32(body.length), body, Buffer.alloc(body.length % 2)])
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
