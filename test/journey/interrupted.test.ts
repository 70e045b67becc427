import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import type { EpisodeView, UploadView } from '../../src/shows/schemas.ts'
import { ownFolder } from '../fixtures/own-folder.ts'
import { makeRecording } from '../fixtures/recordings.ts'
import { createEpisode, createShow, expectJson, publish, putAudio, uploadEnd } from './catalogue.ts'
import { eventually, freePort, type Program, startProgram } from './program.ts'
import { sendByTus, uploadIdOf } from './resumable.ts'

const bytesOf = async (program: Program, episodeId: string) => {
  const response = await fetch(`${program.url}/audio/${episodeId}/any.mp3`)
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, hash: createHash('sha256').update(bytes).digest('hex') }
}

t.test('killed while it receives and while it encodes, a station carries on and the result is the same', async (t) => {
  const folder = await ownFolder(t)
  const environment = { LONGWAVE_HOME: path.join(folder, 'home'), PORT: String(await freePort()) }
  const recording = await makeRecording(folder, { kind: 'wav', seconds: 200, channels: 2 })
  let program = await startProgram(t, environment)
  const show = await createShow(program)
  const undisturbed = await createEpisode(program, show.id, { title: 'Same title' })
  const disturbed = await createEpisode(program, show.id, { title: 'Same title', slug: 'disturbed' })
  await uploadEnd(program, (await putAudio(program, undisturbed.id, recording)).id)
  await publish(program, undisturbed.id)
  const expected = await bytesOf(program, undisturbed.id)

  const sending = await sendByTus(program.url, disturbed.id, recording)
  await eventually(20, async () => sending.sentBytes() > 6_000_000)
  await program.kill()
  program = await startProgram(t, environment)
  await sending.done
  const uploadId = uploadIdOf(sending.url())

  const whileEncoding = await eventually(20, async () => {
    const upload = await expectJson<UploadView>(await program.api('GET', `/uploads/${uploadId}`), 200)
    return upload.state === 'encoding' && upload.progress > 0.1 && upload
  })
  t.ok(whileEncoding.progress < 1)
  await program.kill()
  const killedAt = Date.now()
  program = await startProgram(t, environment)
  await eventually(30, async () => {
    const [row] = [await expectJson<UploadView>(await program.api('GET', `/uploads/${uploadId}`), 200)]
    return row.state === 'ready' || row.progress > whileEncoding.progress
  })
  t.comment(`taken up again ${((Date.now() - killedAt) / 1000).toFixed(1)} s after the kill`)
  t.match(await uploadEnd(program, uploadId), { state: 'ready' })
  await publish(program, disturbed.id)
  t.same(await bytesOf(program, disturbed.id), expected)
  const incoming = path.join(environment.LONGWAVE_HOME, 'incoming')
  await eventually(20, async () => !(await readdir(incoming)).some((name) => name.includes(uploadId)))
})

t.test(
  'a station killed between the last byte and its answer takes the upload in when the client asks again',
  async (t) => {
    const folder = await ownFolder(t)
    const program = await startProgram(t, { LONGWAVE_HOME: path.join(folder, 'home') })
    const recording = await makeRecording(folder, { kind: 'wav', seconds: 3, channels: 1 })
    const episode = await createEpisode(program, (await createShow(program)).id)
    const sending = await sendByTus(program.url, episode.id, recording)
    await sending.done
    const uploadId = uploadIdOf(sending.url())
    await uploadEnd(program, uploadId)

    const again = await program.api('HEAD', `/uploads/${uploadId}`, undefined, { 'tus-resumable': '1.0.0' })
    t.equal(again.status, 200, 'asked after its bytes are used up, it says that all of them came')
    t.equal(again.headers.get('upload-offset'), again.headers.get('upload-length'))
    const { upload } = await expectJson<EpisodeView>(await program.api('GET', `/episodes/${episode.id}`), 200)
    t.equal(upload?.id, uploadId)
  },
)
