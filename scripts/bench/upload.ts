import { Readable } from 'node:stream'
import { residentMb } from '../../test/fixtures/resident.ts'
import { createEpisode, createShow, expectJson } from '../../test/journey/catalogue.ts'
import { type Row, withBench } from './bench-station.ts'

const size = 2 * 1024 ** 3
const chunk = Buffer.alloc(1024 * 1024)

/** One plain PUT of a 2 GB WAV of silence to a program with web and worker thread. */
export const uploadBench = (): Promise<Row[]> =>
  withBench(async ({ start }) => {
    const program = await start()
    const episode = await createEpisode(program, (await createShow(program)).id)
    const startedAt = performance.now()
    const body = Readable.toWeb(Readable.from(silentWav()))
    const headers = { 'x-filename': 'two-gigabytes.wav', 'content-length': String(size) }
    const answer = await program.api('PUT', `/episodes/${episode.id}/audio`, body, headers)
    const seconds = (performance.now() - startedAt) / 1000
    const { upload } = await expectJson<{ upload: { id: string } }>(answer, 202)
    const { highest } = await residentMb(program.pid)
    await program.api('DELETE', `/uploads/${upload.id}`)
    const rate = (size / 1024 ** 2 / seconds).toFixed(0)
    return [
      {
        what: 'highest resident memory while 2 GB are uploaded by plain PUT',
        measured: `${highest.toFixed(0)} MB, at ${rate} MB/s`,
        target: '< 250 MB',
      },
    ]
  })

/** 44.1 kHz stereo, 16 bit. */
function* silentWav(): Generator<Buffer> {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(size - 8, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(2, 22)
  header.writeUInt32LE(44_100, 24)
  header.writeUInt32LE(176_400, 28)
  header.writeUInt16LE(4, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(size - 44, 40)
  yield header
  let left = size - header.length
  while (left > 0) {
    yield left >= chunk.length ? chunk : chunk.subarray(0, left)
    left -= Math.min(left, chunk.length)
  }
}
