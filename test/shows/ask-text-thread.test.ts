import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { createTextThread } from '../../src/shows/ask-text-thread.ts'
import { unpackPassages } from '../../src/shows/packed-passages.ts'
import { wordTimedVtt } from '../fixtures/long-texts.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const short = bytes('WEBVTT\n\n00:00.000 --> 00:02.000\nHello.')

t.test('what a long text needs of time, nobody else waits for', async (t) => {
  const ask = createTextThread()
  const long = bytes(wordTimedVtt(150_000))
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const since = performance.now()
  const { segments, origin } = await ask('readTranscript', long, 'text/vtt')
  const { body } = (await ask('printStored', 'srt', segments, 'en')) ?? {}
  const tookMs = performance.now() - since
  delay.disable()
  t.equal(origin, 'text/vtt')
  t.ok((body?.length ?? 0) > 5_000_000)
  // Without the thread one of the two, half of the time, would be waited for at once; on a busy machine both take longer.
  t.ok(delay.max / 1e6 < tookMs / 3, `${Math.round(delay.max / 1e6)} of ${Math.round(tookMs)} ms`)
})

t.test('questions are answered in turn, refusals in their own words, and the next is not disturbed', async (t) => {
  const ask = createTextThread()
  const refused = ask('readTranscript', bytes('WEBVTT\n\nlonely'), 'text/vtt')
  const answered = ask('readTranscript', short, 'text/vtt')
  await t.rejects(refused, { name: 'AppError', code: 'invalid', message: /^Line 3: “lonely”/ })
  t.match(unpackPassages((await answered).segments), [{ startSeconds: 0, endSeconds: 2, body: 'Hello.' }])
  await t.rejects(ask('listParagraphs', '[no JSON', 1), { name: 'SyntaxError' }, 'trouble of ours stays trouble')
})

t.test('a text that takes too much time or memory is refused, and the thread begins anew', async (t) => {
  const long = bytes(wordTimedVtt(100_000))
  const refusal = { code: 'invalid', message: /far more time or memory .* Send a shorter one/ }
  const hasty = createTextThread({ seconds: 0.05 })
  await t.rejects(hasty('readTranscript', long, 'text/vtt'), refusal)
  const small = createTextThread({ heapMegabytes: 20 })
  await t.rejects(small('readTranscript', long, 'text/vtt'), refusal)
  t.equal((await small('readTranscript', short, 'text/vtt')).origin, 'text/vtt')
})

t.test('a thread that nobody asks ends, and is there again when somebody does', async (t) => {
  const ask = createTextThread({ idleSeconds: 0.01 })
  for (let times = 0; times < 3; times++) {
    t.equal((await ask('readTranscript', short, 'text/vtt')).origin, 'text/vtt')
    await sleep(50)
  }
})
