import fc from 'fast-check'
import t, { type Test } from 'tap'
import { paragraphsOf } from '../../src/shows/paragraphs.ts'
import { arrangeSegments, type Segment } from '../../src/shows/segment.ts'
import { printHtml } from '../../src/shows/transcript-html.ts'
import { jsonTranscript, parseJsonTranscript } from '../../src/shows/transcript-json.ts'
import { parseSrt, printSrt } from '../../src/shows/transcript-srt.ts'
import { parsePlainTranscript } from '../../src/shows/transcript-text.ts'
import { parseVtt, printVtt } from '../../src/shows/transcript-vtt.ts'

const said = (startSeconds: number, endSeconds: number, body: string, speaker?: string): Segment => ({
  startSeconds,
  endSeconds,
  ...(speaker && { speaker }),
  body,
})

const body = fc.string({ unit: 'binary', maxLength: 90 }).map((text) => `w${text}`)
const name = fc.stringMatching(/^\p{Lu}[\p{L}\d&<>.-]{0,8}(?: [\p{L}\d]{1,8})?$/u)

/** Segments as they are stored. */
const stored = (
  words: fc.Arbitrary<string>,
  speaker: fc.Arbitrary<string | undefined> = fc.option(name, { nil: undefined }),
) =>
  fc
    .array(fc.tuple(fc.nat(90_000_000), fc.integer({ min: 1, max: 60_000 }), words, speaker), {
      minLength: 1,
      maxLength: 12,
    })
    .map((rows) =>
      arrangeSegments(rows.map(([start, length, ...rest]) => said(start / 1000, (start + length) / 1000, ...rest))),
    )

function same(read: unknown, written: unknown): void {
  const [found, expected] = [read, written].map((value) => JSON.stringify(value))
  if (found !== expected) throw new Error(`${found} was ${expected}`)
}

const fails = (t: Test, parse: (text: string) => unknown, rows: [string, RegExp][]) => {
  for (const [text, words] of rows)
    t.throws(() => parse(text), { code: 'invalid', message: words }, JSON.stringify(text.slice(0, 80)))
}

t.test(
  'WebVTT is read: voices, characters, several speakers in a cue; notes, styles and settings are passed over',
  async (t) => {
    const text = `WEBVTT - Night Trains
Kind: captions

STYLE
::cue { color: lime }

NOTE
00:00.000 --> 00:01.000 is no cue

REGION
id:bill

intro
00:00.000 --> 00:02.500 align:start position:0%
<v.loud Ada Lovelace>Good <i>evening</i>,
<00:00:01.000><c>everyone</c> &amp; all.</v>

01:00:00.000 --> 01:00:03.000
<v Ada>Where to?</v>
<v Bob &lt;x&gt;>To Narvik &#8211; 5 &lt; 6</v>

01:00:04.000 --> 01:00:05.000
♪

01:00:06.000 --> 01:00:07.000
`
    t.strictSame(arrangeSegments(parseVtt(text.replaceAll('\n', '\r\n'))), [
      said(0, 2.5, 'Good evening, everyone & all.', 'Ada Lovelace'),
      said(3600, 3603, 'Where to?', 'Ada'),
      said(3600, 3603, 'To Narvik – 5 < 6', 'Bob <x>'),
      said(3604, 3605, '♪'),
    ])
    t.strictSame(arrangeSegments(parseVtt('WEBVTT\n\n00:01.000 --> 00:01.000\nNow')), [said(1, 1.001, 'Now')])
  },
)

t.test('a broken cue of WebVTT is named by its line', async (t) => {
  fails(t, parseVtt, [
    ['', /Line 1/],
    ['1\n00:00.000 --> 00:01.000\nx', /Line 1 of a WebVTT file/],
    ['WEBVTTX', /Line 1/],
    ['WEBVTT\n\n00:00.000 --> 00:01.000\nx\n\n00:02.000 -> 00:03.000\ny', /Line 6: “00:02.000 -> 00:03.000”/],
    ['WEBVTT\n\none\n00:02.000 --> tomorrow\ny', /Line 4: “00:02.000 --> tomorrow” is not the times/],
    ['WEBVTT\n\n00:03.000 --> 00:02.000\ny', /cue on line 3 ends before it begins/],
    ['WEBVTT\n\n00:03.000 --> 999:00:00.000\ny', /line 3 is at no time/],
    ['WEBVTT\n\nlonely', /Line 3: “lonely”/],
  ])
})

t.test('WebVTT is written as it is read again, in lines of at most 65 characters', async () => {
  fc.assert(
    fc.property(stored(body), (segments) => {
      const text = printVtt(segments)
      same(arrangeSegments(parseVtt(text)), segments)
    }),
  )
  const plain = fc.stringMatching(/^[a-z ]{1,200}$/).filter((words) => words.trim() !== '')
  fc.assert(
    fc.property(stored(plain, fc.constant(undefined)), (segments) =>
      printVtt(segments)
        .split('\n')
        .every((line) => line.length <= 65),
    ),
  )
})

t.test('SubRip is read: names, tags, missing numbers, blank lines inside a card', async (t) => {
  const text = `1
00:00:00,000 --> 00:00:02,500
Ada Lovelace: <i>Good</i> evening,
{\\an8}everyone & all.

00:00:03.000 --> 00:00:04,000 X1:0
then: at 5:00 < 6

3
00:00:05,000 --> 00:00:06,000
Bob: Wait

for me
7`
  t.strictSame(arrangeSegments(parseSrt(text)), [
    said(0, 2.5, 'Good evening, everyone & all.', 'Ada Lovelace'),
    said(3, 4, 'then: at 5:00 < 6'),
    said(5, 6, 'Wait for me 7', 'Bob'),
  ])
  fails(t, parseSrt, [
    ['Hello', /Line 1 is not the beginning of a SubRip file/],
    [
      '1\n00:00:00,000 --> 00:00:01,000\na\n\n2\n00:00:02,000 -> 00:00:03,000\nb',
      /Line 6: “00:00:02,000 -> 00:00:03,000”/,
    ],
    ['1\n00:00:09,000 --> 00:00:01,000\na', /cue on line 2 ends before/],
  ])
})

t.test('only what looks like a name before a colon is a speaker', async (t) => {
  const rows: [string, string?][] = [
    ['Ada: hi', 'Ada'],
    ['Dr. Ada King Lovelace: hi', 'Dr. Ada King Lovelace'],
    ['SPEAKER 1: hi', 'SPEAKER 1'],
    ['Ådne: hi', 'Ådne'],
    ['司会: hi', '司会'],
    ['so: hi'],
    ['Ada:hi'],
    ['Ada:'],
    ['Let me say one thing: hi'],
    ['Really? Yes: hi'],
    ['5:00 sharp: hi'],
  ]
  for (const [text, speaker] of rows) {
    t.equal(parsePlainTranscript(text)[0]?.speaker, speaker, text)
  }
})

t.test('SubRip is written on cards of two lines of 32 characters, a new one for each speaker', async () => {
  const word = fc.string({ unit: fc.constantFrom(...'aeiost.,é'), minLength: 1, maxLength: 40 })
  const words = fc.array(word, { minLength: 1, maxLength: 12 }).map((all) => all.join(' '))
  fc.assert(
    fc.property(stored(words, fc.constantFrom('Ada', 'Bob')), (spoken) => {
      const segments = spoken.map((segment, index) => ({
        ...segment,
        startSeconds: index * 9,
        endSeconds: index * 9 + 8,
      }))
      const text = printSrt(segments)
      for (const card of text.trim().split('\n\n')) {
        const [, times, ...lines] = card.split('\n')
        if (!/^\d\d:\d\d:\d\d,\d{3} --> /.test(times ?? '')) throw new Error(card)
        if (lines.length < 1 || lines.length > 2 || lines.some((line) => line.length > 32)) throw new Error(card)
      }
      same(turnsOf(arrangeSegments(parseSrt(text))), turnsOf(segments))
    }),
  )
})

t.test('JSON of the podcast namespace is written and read; that of Whisper is read', async (t) => {
  fc.assert(
    fc.property(stored(body), (segments) =>
      same(arrangeSegments(parseJsonTranscript(JSON.stringify(jsonTranscript(segments)))), segments),
    ),
  )
  const whisper = {
    text: 'x',
    segments: [{ id: 0, start: 0, end: 2.48, text: ' Good evening.', tokens: [1] }],
    language: 'en',
  }
  t.strictSame(arrangeSegments(parseJsonTranscript(JSON.stringify(whisper))), [said(0, 2.48, 'Good evening.')])
  fails(t, parseJsonTranscript, [
    ['{"segments":', /not JSON/],
    ['[]', /a list “segments”/],
    ['{"segments":[{"startTime":0,"endTime":1,"body":"a"},{"startTime":0}]}', /Segment 2 needs a start and an end/],
    ['{"segments":[{"startTime":0,"endTime":1}]}', /Segment 1 has no “body”/],
    ['{"segments":[{"startTime":2,"endTime":1,"body":"a"}]}', /Segment 1 ends before/],
    ['{"segments":[null]}', /Segment 1 needs/],
  ])
})

t.test('HTML has cite, time and p, and nothing that somebody wrote as markup', async (t) => {
  const hostile = '</p><script>alert("1")</script>&'
  const html = printHtml([said(3723, 3725, hostile, `<b>${hostile}`), { body: 'Plain.' }], 'pt-BR')
  t.notMatch(html, '<script>')
  t.notMatch(html, '<b>')
  t.match(html, '<html lang="pt-BR">')
  t.match(
    html,
    '<time>1:02:03</time>\n<p>&lt;/p&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;</p>\n<p>Plain.</p>',
  )
  t.match(html, /<cite>&lt;b&gt;.*:<\/cite>/)
})

t.test(
  'readers get paragraphs: of one speaker, ended with a sentence; plain text stays as it was written',
  async (t) => {
    const sentence = `${'word '.repeat(60)}end.`
    t.strictSame(
      paragraphsOf([
        said(0, 1, 'Hi', 'Ada'),
        said(1, 2, 'there.', 'Ada'),
        said(2, 3, 'Yes.'),
        said(3, 4, 'Hello.', 'Bob'),
        said(4, 5, sentence, 'Bob'),
        said(5, 6, 'and', 'Bob'),
        said(6, 7, sentence, 'Bob'),
        said(7, 8, 'More.', 'Bob'),
      ]),
      [
        said(0, 3, 'Hi there. Yes.', 'Ada'),
        said(3, 7, `Hello. ${sentence} and ${sentence}`, 'Bob'),
        said(7, 8, 'More.', 'Bob'),
      ],
    )
    const plain = parsePlainTranscript('Ada: Hi\nthere.\n\n \n\nIt snows.')
    t.strictSame(paragraphsOf(plain), [{ speaker: 'Ada', body: 'Hi\nthere.' }, { body: 'It snows.' }])
  },
)

t.test('paragraphs end where nobody set a full stop, too, and a hundred thousand words take a moment', async (t) => {
  const passages = Array.from({ length: 100_000 }, (_, index) => said(index, index + 1, 'word'))
  const startedAt = Date.now()
  const paragraphs = paragraphsOf(passages)
  // Minutes, where what was put together is looked through for each word.
  t.ok(Date.now() - startedAt < 60_000, `${Date.now() - startedAt} ms`)
  t.ok(paragraphs.every(({ body }) => body.length < 1_210))
  t.equal(paragraphs.map(({ body }) => body).join(' '), passages.map(({ body }) => body).join(' '))
})

t.test('a card of SubRip takes as many lines as there are', async (t) => {
  const card = '1\n00:00:00,000 --> 00:00:01,000\nyes\n\n'
  t.equal(parseSrt(card + 'no\n'.repeat(300_000))[0]?.body.length, 900_003)
})

t.test('no text makes a parser fail otherwise than in words, nor takes long', async (t) => {
  const pieces = fc.constantFrom(
    'WEBVTT',
    '\n\n',
    '\n',
    '00:01.000',
    ' --> ',
    '<v A>',
    '</v>',
    '&amp;',
    '&#99999;',
    '1',
    'Ada: ',
    '{',
  )
  const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 6 })), { maxLength: 20 }).map((all) => all.join(''))
  const parsers = [parseVtt, parseSrt, parseJsonTranscript, parsePlainTranscript]
  const readable = (words: string, parse: (typeof parsers)[number]) => {
    try {
      parse(words)
    } catch (error) {
      if ((error as { code?: string }).code !== 'invalid') throw error
    }
  }
  fc.assert(fc.property(text, fc.constantFrom(...parsers), readable))
  const startedAt = performance.now()
  for (const hostile of ['<v ', '<', '&', '{\\', 'A ', '\t', '<v.']) {
    const words = hostile.repeat(300_000 / hostile.length)
    readable(`WEBVTT\n\n00:01.000 --> 00:02.000\n${words}`, parseVtt)
    readable(`1\n00:01.000 --> 00:02.000\n${words}`, parseSrt)
    readable(words, parsePlainTranscript)
  }
  t.ok(performance.now() - startedAt < 60_000)
})

/** What each says until another speaks. */
function turnsOf(segments: readonly Segment[]): [string, string][] {
  const turns: [string, string][] = []
  let speaker = ''
  for (const segment of segments) {
    const last = turns.at(-1)
    if (last && (segment.speaker === undefined || segment.speaker === speaker))
      last[1] += segment.body.replaceAll(' ', '')
    else turns.push([segment.speaker ?? '', segment.body.replaceAll(' ', '')])
    speaker = segment.speaker ?? speaker
  }
  return turns
}
