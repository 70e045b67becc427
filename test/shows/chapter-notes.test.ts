import fc from 'fast-check'
import t from 'tap'
import type { Chapter } from '../../src/shows/chapter.ts'
import { parseNotesChapters } from '../../src/shows/chapter-notes.ts'

const at = (startSeconds: number, title: string, url?: string): Chapter => ({
  startSeconds,
  title,
  ...(url && { url }),
})

t.test('lines that begin with a time are chapters, however they are written', async (t) => {
  const expected = [at(0, 'Hello'), at(754, 'Snow & ice'), at(3723, 'Bye')]
  const forms: [string, (clock: string, title: string) => string][] = [
    ['bare', (clock, title) => `${clock} ${title}`],
    ['in brackets', (clock, title) => `(${clock}) ${title}`],
    ['in square brackets', (clock, title) => `[${clock}] ${title}`],
    ['a list', (clock, title) => `- ${clock} ${title}`],
    ['stars', (clock, title) => `* **${clock}** ${title}`],
    ['numbers', (clock, title) => `1. ${clock} – ${title}`],
    ['a dash', (clock, title) => `${clock} - ${title}`],
    ['a colon', (clock, title) => `**${clock}:** *${title}*`],
    ['code', (clock, title) => `\`${clock}\` | ${title}`],
    ['indented', (clock, title) => `    • ${clock}  ${title}  `],
    ['a link to the moment', (clock, title) => `[${clock}](#t=${clock}) ${title}`],
  ]
  for (const [name, line] of forms) {
    const notes = ['# Tonight', line('0:00', 'Hello'), line('12:34', 'Snow & ice'), line('1:02:03', 'Bye'), '', 'End.']
    t.strictSame(parseNotesChapters(notes.join('\n')), expected, name)
  }
})

t.test('a link in the title is the link of the chapter', async (t) => {
  const notes = '00:10 [The *map*](https://example.com/map "Map") of Narvik\n75:30 More <https://example.com/x>'
  t.strictSame(parseNotesChapters(notes), [
    at(10, 'The map of Narvik', 'https://example.com/map'),
    at(4530, 'More', 'https://example.com/x'),
  ])
})

t.test('of several lists the longest that rises is taken', async (t) => {
  const notes = `Best of all: 45:00\n\n- 45:00 The best moment\n\n## Chapters\n0:00 One\n5:00 Two\n10:00 Three

## Corrections\n- 3:12 It was Tuesday\n- 7:00 It was not`
  t.strictSame(parseNotesChapters(notes), [at(0, 'One'), at(300, 'Two'), at(600, 'Three')])
})

t.test('times in sentences, and one time alone, are no chapters', async (t) => {
  for (const notes of [
    '',
    'At 12:34 it snows.\nAt 15:00 it rains.',
    '12:34 Only one',
    '12:34\n15:00',
    '12:34.5 a\n15:00.5 b',
    '2026:01:02 a\n2026:01:03 b',
    '10:99 a\n11:99 b',
    '10:00 b\n5:00 a',
  ]) {
    t.strictSame(parseNotesChapters(notes), [], notes)
  }
})

t.test('reading never fails, is quick, and gives chapters that rise', async (t) => {
  const pieces = fc.constantFrom('1:23', '10:00', '\n', '- ', '**', '[', '](', ')', ' ', 'word', '<https://a.example>')
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 30 }), (parts) => {
      const starts = parseNotesChapters(parts.join('')).map(({ startSeconds }) => startSeconds)
      return starts.every((start, index) => index === 0 || start > (starts[index - 1] ?? 0))
    }),
  )
  const startedAt = performance.now()
  for (const hostile of ['[', '](', '**', '0:00 ', '<https://', '[x](', '* ', '\t'])
    parseNotesChapters(`0:00${hostile.repeat(50_000 / hostile.length)}`)
  t.ok(performance.now() - startedAt < 60_000)
})
