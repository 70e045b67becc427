import t from 'tap'
import { problemWords } from '../../../src/admin/browser/problem.ts'
import {
  durationWords,
  percentWords,
  sendingFigures,
  sizeWords,
  timeLeftWords,
  uploadWords,
} from '../../../src/admin/browser/words.ts'

t.test('sizes, times and percents read as people write them', async (t) => {
  t.equal(sizeWords(0), '0 kB')
  t.equal(sizeWords(999_400), '999 kB')
  t.equal(sizeWords(1_250_000), '1.3 MB')
  t.equal(sizeWords(1_230_000_000), '1.23 GB')
  t.equal(timeLeftWords(0), '1 s')
  t.equal(timeLeftWords(59), '59 s')
  t.equal(timeLeftWords(59.7), '1 min')
  t.equal(timeLeftWords(150), '3 min')
  t.equal(timeLeftWords(3599), '1 h 0 min')
  t.equal(timeLeftWords(7199), '2 h 0 min')
  t.equal(durationWords(3.4), '0:03')
  t.equal(durationWords(3723), '1:02:03')
  t.equal(percentWords(0.999), '99 %', 'it is not whole before it is')
})

t.test('the figures of sending say speed and time left only when they are known', async (t) => {
  t.equal(sendingFigures(0, 50_000_000, undefined), '0 % · 0 kB of 50.0 MB')
  t.equal(sendingFigures(25_000_000, 50_000_000, 5_000_000), '50 % · 25.0 MB of 50.0 MB · 5.0 MB/s · 5 s left')
  t.equal(sendingFigures(0, 0, undefined), '0 % · 0 kB of 0 kB')
})

t.test('each state of an upload is a sentence', async (t) => {
  const filename = 'a.wav'
  t.equal(uploadWords({ state: 'encoding', filename }), '“a.wav” is being made into the MP3.')
  t.equal(
    uploadWords({ state: 'failed', filename, reason: 'It is silent.' }),
    '“a.wav” could not be used. It is silent.',
  )
  t.equal(uploadWords({ state: 'cancelled', filename }), '“a.wav” was not used. It was cancelled.')
  for (const state of ['receiving', 'received', 'probing', 'measuring', 'storing', 'ready'])
    t.match(uploadWords({ state, filename }), /^“a.wav” (is|has) .*\.$/)
})

t.test('a refusal is told in the words of the server, or in ours when a proxy answers', async (t) => {
  t.equal(problemWords(415, '{"detail":"It is a ZIP archive."}'), 'It is a ZIP archive.')
  t.match(problemWords(401, '{"detail":"Send an API token"}'), /Sign in again/)
  t.match(problemWords(413, '<html>'), /proxy/)
  t.match(problemWords(502, '<html>'), /answered 502/)
  t.match(problemWords(502, '{"detail":5}'), /answered 502/)
})
