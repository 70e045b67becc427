import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import t from 'tap'
import { spoolPcm } from '../../src/audio/pcm/spool.ts'
import { probeRecording } from '../../src/audio/recording/probe.ts'
import { produce } from '../fixtures/produce.ts'
import { cutOff, makePicture, makeRecording } from '../fixtures/recordings.ts'

const { signal } = new AbortController()

t.test('a file that is no recording is refused with a sentence, and leaves nothing', async (t) => {
  const files: [name: string, content: Buffer | string, reason: RegExp][] = [
    ['empty.wav', '', /empty/],
    ['page.mp3', '<html><body>Sign in</body></html>', /web page/],
    ['noise.bin', Buffer.alloc(100_000, '\x00\x07\x91'), /not a recording that can be read/],
    ['header.wav', 'RIFF\x24\0\0\0WAVE', /not a recording that can be read/],
    ['nothing.mp3', Buffer.alloc(5000), /./],
  ]
  for (const [name, content, message] of files) {
    const folder = t.testdir()
    const source = path.join(folder, name)
    await writeFile(source, content)
    await t.rejects(produce(source), { code: 'invalid', message }, name)
    t.strictSame(await readdir(folder), [name])
  }
})

t.test('a picture named .wav is refused, by the probe too', async (t) => {
  const folder = t.testdir()
  const source = path.join(folder, 'notes.wav')
  await writeFile(source, await readFile(await makePicture(folder, 'png')))
  await t.rejects(produce(source), { code: 'invalid', message: /“notes.wav” is a PNG image/ })
  await t.rejects(probeRecording(source, { signal }), { code: 'invalid' })
})

t.test('an M4A without its index is told as cut off', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'm4a' })
  await cutOff(source, await readFile(source), 0.5)
  await t.rejects(produce(source), { code: 'invalid', message: /no index .* cut off/ })
})

t.test('a video without sound is refused', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'silentMp4' })
  await t.rejects(produce(source), { code: 'invalid', message: /no audio track/ })
})

t.test('a WAV header without any sound behind it is refused', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'wav' })
  await writeFile(source, (await readFile(source)).subarray(0, 44))
  await t.rejects(produce(source), { code: 'invalid' })
})

t.test('more channels than can be mixed are refused', async (t) => {
  const source = await makeRecording(t.testdir(), { kind: 'wav' })
  const bytes = await readFile(source)
  bytes.writeUInt16LE(12, 22)
  bytes.writeUInt16LE(24, 32)
  await writeFile(source, bytes)
  await t.rejects(produce(source), { code: 'invalid', message: /12 channels/ })
})

t.test('a playlist opens nothing: neither files of this machine nor addresses', async (t) => {
  const folder = t.testdir()
  const local = await makeRecording(folder, { kind: 'mp3', filename: 'private.mp3' })
  let asked = 0
  const server = createServer((_, response) => {
    asked++
    response.end()
  })
  server.on('connection', () => asked++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const remote = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.mp3`

  for (const target of [local, remote]) {
    const playlists = [
      `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n${target}\n#EXT-X-ENDLIST\n`,
      `ffconcat version 1.0\nfile '${target}'\n`,
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\n`,
      `<?xml version="1.0"?><MPD type="static"><Period><BaseURL>${target}</BaseURL></Period></MPD>`,
    ]
    for (const playlist of playlists) {
      const source = path.join(folder, 'episode.mp3')
      await writeFile(source, playlist)
      await t.rejects(produce(source), { code: 'invalid' })
      await t.rejects(probeRecording(source, { signal }), { code: 'invalid' })
      const recording = { container: '', skipBytes: 0, codec: '', channels: 1, sampleRateHz: 44_100 }
      const decode = spoolPcm(source, recording, { folder, longestSeconds: 60, signal, onProgress: () => {} })
      await t.rejects(decode, { code: 'invalid' })
    }
  }
  t.equal(asked, 0)
})
