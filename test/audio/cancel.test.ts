import { readdir } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { ffmpegChildren } from '../fixtures/children.ts'
import { type ProduceOptions, produce } from '../fixtures/produce.ts'
import { makeRecording } from '../fixtures/recordings.ts'

t.test('an encode that is cancelled ends at once and leaves no child and no file', async (t) => {
  const folder = t.testdir()
  const source = await makeRecording(folder, { kind: 'wav8bit', seconds: 900, sampleRateHz: 8000 })
  const cancel = new AbortController()
  let isCancelled = false
  let niceness: number | undefined
  const onStage: ProduceOptions['onStage'] = async (stage, fraction) => {
    if (stage !== 'encoding' || fraction === 0 || isCancelled) return
    isCancelled = true
    niceness = (await ffmpegChildren())[0]?.niceness
    cancel.abort(new Error('cancelled by the podcaster'))
  }
  const running = produce(source, { signal: cancel.signal, onStage })
  await t.rejects(running, { message: 'cancelled by the podcaster' })
  t.strictSame(await ffmpegChildren(), [])
  t.strictSame(await readdir(folder), [path.basename(source)])
  if (process.platform === 'linux') t.ok((niceness ?? 0) >= 10, `niceness ${niceness}`)
})

t.test('what was cancelled before it began does nothing', async (t) => {
  const folder = t.testdir()
  const source = await makeRecording(folder, { kind: 'wav' })
  const signal = AbortSignal.abort(new Error('too late'))
  await t.rejects(produce(source, { signal }), { message: 'too late' })
  t.strictSame(await readdir(folder), [path.basename(source)])
})
