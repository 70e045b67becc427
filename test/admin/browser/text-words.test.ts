import t from 'tap'
import { chapterWords, textType, transcriptionWords, transcriptWords } from '../../../src/admin/browser/text-words.ts'

const url = 'https://radio.example.com/episodes/1/chapters.json'

t.test('what an episode has is told in words', async (t) => {
  t.match(chapterWords(undefined), /None yet/)
  t.equal(chapterWords({ count: 1, origin: 'file', mayBeOff: false, url }), '1 chapter.')
  t.equal(
    chapterWords({ count: 12, origin: 'recording', mayBeOff: true, url }).slice(0, 53),
    '12 chapters from the recording. The recording was rep',
  )
  t.match(chapterWords({ count: 2, origin: 'notes', mayBeOff: false, url }), /from the times in the show notes/)
  const files = [{ type: 'text/html', url }]
  t.equal(transcriptWords({ language: 'en', origin: 'text/vtt', mayBeOff: false, files }), 'A transcript (en).')
  t.match(
    transcriptWords({ language: 'en', origin: 'text/plain', mayBeOff: true, files }),
    /without times\..*may be off/,
  )
  t.equal(transcriptWords(undefined), 'None yet.')
  t.match(transcriptWords({ language: 'en', origin: 'transcriber', mayBeOff: false, files }), /made by this station/)
})

t.test('what becomes of transcribing is told in words', async (t) => {
  t.equal(transcriptionWords(undefined), '')
  t.match(transcriptionWords({ state: 'waiting', progress: 0 }), /waits for its turn/)
  t.match(transcriptionWords({ state: 'transcribing', progress: null }), /is being transcribed/)
  t.equal(transcriptionWords({ state: 'ready', progress: 1 }), '', 'the transcript speaks for itself')
  t.equal(transcriptionWords({ state: 'failed', progress: 0.1, reason: 'It failed.' }), 'It failed.')
  t.match(transcriptionWords({ state: 'cancelled', progress: 0, reason: 'So.' }), /No transcript was made\. So\./)
})

t.test('the content type of a file is told by its name', async (t) => {
  t.equal(textType('Marks.TXT'), 'text/plain')
  t.equal(textType('a.b.srt'), 'application/x-subrip')
  t.equal(textType('chapters.psc'), 'application/xml')
  for (const name of ['', 'vtt', 'a.mp3', 'x.constructor', 'x.__proto__'])
    t.equal(textType(name), 'application/octet-stream', name)
})
