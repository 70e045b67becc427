import fc from 'fast-check'
import t from 'tap'
import { arrangeChapters, type Chapter } from '../../src/shows/chapter.ts'
import { jsonChapters, parseJsonChapters } from '../../src/shows/chapter-json.ts'
import { parseSimpleChapters } from '../../src/shows/chapter-psc.ts'
import { parseChapterText } from '../../src/shows/chapter-text.ts'
import { formatTimecode, tryParseTimecode } from '../../src/shows/timecode.ts'

/** Chapters as they are stored, with titles that stand on one line. */
const stored = fc
  .uniqueArray(
    fc.record(
      {
        startSeconds: fc.nat(300_000_000).map((milliseconds) => milliseconds / 1000),
        title: fc.stringMatching(/^[\p{L}\d&"'<](?:[\p{L}\d &"'.;:-]{0,30}[\p{L}\d&"'])?$/u),
        url: fc.webUrl({ withQueryParameters: true }),
      },
      { requiredKeys: ['startSeconds', 'title'] },
    ),
    { selector: ({ startSeconds }) => startSeconds, minLength: 1, maxLength: 12 },
  )
  .map((chapters) => arrangeChapters(chapters))

const same = (read: readonly Chapter[], written: readonly Chapter[]) => {
  const [found, expected] = [arrangeChapters(read), written].map((chapters) => JSON.stringify(chapters))
  if (found !== expected) throw new Error(`${found} was ${expected}`)
}

t.test('a time is read as it was written, and what is none is undefined', async (t) => {
  fc.assert(fc.property(fc.nat(400_000_000), (ms) => tryParseTimecode(formatTimecode(ms / 1000)) === ms / 1000))
  const rows: [string, number | undefined][] = [
    ['0', 0],
    ['83.5', 83.5],
    ['1:23', 83],
    ['75:30', 4530],
    ['1:02:03,250', 3723.25],
    ['00:00:00.0004', 0],
    ['1:75', undefined],
    ['1:75:00', undefined],
    ['-1', undefined],
    ['1e3', undefined],
    ['', undefined],
    ['1:2:3:4', undefined],
  ]
  for (const [text, seconds] of rows) t.equal(tryParseTimecode(text), seconds, text)
})

t.test('JSON chapters 1.2 are read and written', async (t) => {
  const document = {
    version: '1.2.0',
    chapters: [
      { startTime: 0, title: 'Intro' },
      { startTime: 30.5, endTime: 40, img: 'https://example.com/a.png', toc: false },
      { startTime: 168, title: 'Q & A', url: 'https://example.com/q' },
    ],
  }
  const chapters = arrangeChapters(parseJsonChapters(JSON.stringify({ author: 'x', ...document })))
  t.strictSame(chapters, [
    { startSeconds: 0, title: 'Intro' },
    { startSeconds: 30.5, endSeconds: 40, imageUrl: 'https://example.com/a.png', isHidden: true },
    { startSeconds: 168, title: 'Q & A', url: 'https://example.com/q' },
  ])
  t.strictSame(jsonChapters(chapters), document)
  fc.assert(fc.property(stored, (all) => same(parseJsonChapters(JSON.stringify(jsonChapters(all))), all)))
})

t.test('JSON that is no list of chapters is refused, by the chapter', async (t) => {
  const rows: [string, RegExp][] = [
    ['{', /not JSON/],
    ['null', /a list “chapters”/],
    ['[]', /a list “chapters”/],
    ['{"chapters":{}}', /a list “chapters”/],
    ['{"chapters":[null]}', /Chapter 1: “startTime” is missing/],
    ['{"chapters":[{"startTime":0},{"startTime":"1"}]}', /Chapter 2: “startTime” must be a number/],
    ['{"chapters":[{"startTime":0,"title":5}]}', /Chapter 1: “title” must be a string/],
    ['{"chapters":[{"startTime":0,"toc":"no"}]}', /Chapter 1: “toc” must be a boolean/],
  ]
  for (const [text, words] of rows) t.throws(() => parseJsonChapters(text), { code: 'invalid', message: words }, text)
})

t.test('Podlove Simple Chapters are read, alone or in a feed', async (t) => {
  const xml = `<?xml version="1.0"?>
<rss xmlns:psc="http://podlove.org/simple-chapters"><item><title>One > two</title>
<!-- <psc:chapter start="9"/> -->
<psc:chapters version="1.2">
  <psc:chapter start="0" title="Intro &amp; &#x201C;more&#8221; &quot;x&quot;" />
  <psc:chapter start='00:01:30.500' title='5 > 3'
    href="https://example.com/?a=1&amp;b=2" image="https://example.com/a.png"></psc:chapter>
</psc:chapters><![CDATA[ <chapter start="7"/> ]]></item></rss>`
  t.strictSame(arrangeChapters(parseSimpleChapters(xml)), [
    { startSeconds: 0, title: 'Intro & “more” "x"' },
    {
      startSeconds: 90.5,
      title: '5 > 3',
      url: 'https://example.com/?a=1&b=2',
      imageUrl: 'https://example.com/a.png',
    },
  ])
  t.strictSame(arrangeChapters(parseSimpleChapters('<chapters><chapter start="1:00" title="a"/></chapters>')), [
    { startSeconds: 60, title: 'a' },
  ])
  const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;')
  const printed = (chapters: readonly Chapter[]) =>
    chapters.map(
      ({ startSeconds, title = '', url }) =>
        `<c:chapter start="${formatTimecode(startSeconds)}" title="${escaped(title)}"${url ? ` href="${escaped(url)}"` : ''}/>`,
    )
  fc.assert(fc.property(stored, (all) => same(parseSimpleChapters(`<c:chapters>${printed(all)}</c:chapters>`), all)))
})

t.test('XML that is broken or hostile is refused, by the line', async (t) => {
  const rows: [string, RegExp][] = [
    ['hello', /no <psc:chapters>/],
    ['<rss></rss>', /no <psc:chapters>/],
    ['<chapters>\n<chapter start="x"/></chapters>', /Line 2: “x” is no start/],
    ['<chapters>\n<chapter/></chapters>', /Line 2: “” is no start/],
    ['<chapters>\n\n<chapter start="0" title="A & B"/></chapters>', /Line 3: “& B.*Write & as &amp;/],
    ['<!DOCTYPE x [<!ENTITY a "aaaa">]><chapters><chapter start="0" title="&a;"/></chapters>', /document type/],
    ['<!ENTITY x SYSTEM "file:///etc/passwd"><chapters/>', /document type/],
    ['<chapters><chapter start="0" title="&file;"/></chapters>', /not an entity/],
    ['<chapters><chapter start="0" title="&#0;"/></chapters>', /not an entity/],
    ['<chapters><chapter start="0" title="&#x110000;"/></chapters>', /not an entity/],
    ['<chapters><chapter start="0" title="&toString;"/></chapters>', /not an entity/],
    ['<chapters><chapter start="0 title="x"/></chapters>', /Line 1: this is not well-formed/],
    [`<chapters>${'<!--'.repeat(100_000)}`, /not well-formed/],
    [`<chapters><chapter ${'a="b" '.repeat(100_000)}`, /not well-formed/],
    [`<chapters><chapter ${' '.repeat(1_000_000)}`, /not well-formed/],
  ]
  for (const [xml, words] of rows) {
    t.throws(() => parseSimpleChapters(xml), { code: 'invalid', message: words }, xml.slice(0, 60))
  }
})

t.test('the text form is read, with links, blank lines and any line ends', async (t) => {
  const text = '\r\n00:00:00.000 Intro\r00:01:30 Q & <A> <https://example.com/a?b>\n2:00:00\n  2:30:00.5   5 > 3 >\n'
  t.strictSame(arrangeChapters(parseChapterText(text)), [
    { startSeconds: 0, title: 'Intro' },
    { startSeconds: 90, title: 'Q & <A>', url: 'https://example.com/a?b' },
    { startSeconds: 7200 },
    { startSeconds: 9000.5, title: '5 > 3 >' },
  ])
  const printed = (chapters: readonly Chapter[]) =>
    chapters.map(({ startSeconds, title, url }) => `${formatTimecode(startSeconds)} ${title}${url ? ` <${url}>` : ''}`)
  fc.assert(fc.property(stored, (all) => same(parseChapterText(printed(all).join('\n')), all)))
})

t.test('labels of Audacity are read, points and regions', async (t) => {
  const text = '0.000000\t0.000000\tIntro\n\\\t100.0\t200.0\n83,500000\t90,250000\tA\tB\n100\t120\t\n'
  t.strictSame(arrangeChapters(parseChapterText(text)), [
    { startSeconds: 0, title: 'Intro' },
    { startSeconds: 83.5, endSeconds: 90.25, title: 'A B' },
    { startSeconds: 100, endSeconds: 120 },
  ])
})

t.test('a text that is neither is refused, by the line', async (t) => {
  const rows: [string, RegExp][] = [
    ['00:00 Intro\n\nThe weather', /Line 3 does not begin with a time/],
    ['00:00:00.000 Intro\n99:99 Never', /Line 2 does not/],
    ['0.0\t0.0\tIntro\n5.0 Coda', /Line 2 is not a label of Audacity/],
    ['0.0\t0.0\tIntro\nx\ty\tz', /Line 2 is not a label/],
    [`1:00 ${' '.repeat(500_000)}x\n?`, /Line 2/],
  ]
  for (const [text, words] of rows) {
    t.throws(() => parseChapterText(text), { code: 'invalid', message: words }, text.slice(0, 60))
  }
})

t.test('no text makes a parser fail otherwise than in words', async () => {
  const pieces = fc.constantFrom(
    '<chapters>',
    '<chapter start="',
    '">',
    '&amp;',
    '\n',
    '\t',
    '0.5',
    '1:2',
    '<!--',
    ']]>',
    "'",
    '{"chapters":[',
    '{}',
    ']',
  )
  const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 6 })), { maxLength: 12 }).map((all) => all.join(''))
  fc.assert(
    fc.property(text, fc.constantFrom(parseJsonChapters, parseSimpleChapters, parseChapterText), (words, parse) => {
      try {
        parse(words)
      } catch (error) {
        if ((error as { code?: string }).code !== 'invalid') throw error
      }
    }),
  )
})
