import fc from 'fast-check'
import t from 'tap'
import { excerpt, feedNotes, renderNotes, summaryOf } from '../../src/shows/notes.ts'

const cases: [string, string][] = [
  ['Hello **world**', '<p>Hello <strong>world</strong></p>'],
  ['one\ntwo', '<p>one<br />\ntwo</p>'],
  ['# Title', '<h3>Title</h3>'],
  ['###### Deep', '<h4>Deep</h4>'],
  ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
  ['[x](https://example.com)', '<p><a href="https://example.com" rel="nofollow noopener">x</a></p>'],
  ['<p onclick="x()">a</p>', '<p>a</p>'],
  ['a <b>c', '<p>a <b>c</b></p>'],
  ['1 < 2 & 3', '<p>1 &lt; 2 &amp; 3</p>'],
  ['~~gone~~ ![x](https://example.com/x.png)', '<p><em>gone</em> </p>'],
  ['<script>alert(1)</script>', ''],
  ['<style>p{}</style><iframe src="https://example.com"></iframe>', ''],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['<a href="javascript:alert(1)">x</a>', '<p><a rel="nofollow noopener">x</a></p>'],
  ['', ''],
]

const hostile = [
  '<script>alert(1)</script>',
  '<scr<script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)" onclick=x()>',
  '[x](<javascript:alert(1)>)',
  '[x](data:text/html;base64,PHNjcmlwdD4=)',
  '[x][y]\n\n[y]: vbscript:x',
  '<svg><script>1</script>',
  '<math><mtext></form><style><img src onerror=1>',
  '<iframe srcdoc="<p>">',
  '<p style="x:expression(1)" onload=1',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '"><b onmouseover="x">',
  '<textarea></p><noscript>',
  '`<b>`',
  '\n\n',
  '> # - * 1. ',
]
const notes = fc
  .array(fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 12 })
  .map((parts) => parts.join(''))

/** All that may stand between angle brackets. */
const harmless =
  /^<(?:\/?(?:p|ol|ul|li|b|i|strong|em|h3|h4|blockquote|code|pre|a)|br \/|hr \/|a(?: href="(?:https?:|mailto:|(?![\w&;#\s]*:))[^"<>]*")?(?: rel="nofollow noopener")?)>$/

for (const [markdown, html] of cases) t.equal(renderNotes(markdown), html, JSON.stringify(markdown))

t.test('hostile notes come out as plain formatting, also when that is rendered again', async () => {
  fc.assert(
    fc.property(notes, (text) => {
      for (const html of [renderNotes(text), renderNotes(renderNotes(text))]) {
        for (const tag of html.match(/<[^>]*>?/g) ?? []) if (!harmless.test(tag)) throw new Error(`${tag} in ${html}`)
      }
    }),
    { numRuns: 200 },
  )
})

t.test(
  "a feed's notes are the same with fewer tags that all end, and taking them out twice changes nothing",
  async (t) => {
    t.equal(feedNotes('<h3>T</h3><p>a<br /><code>b</code></p>'), '<p><strong>T</strong></p><p>ab</p>')
    fc.assert(
      fc.property(notes, (text) => {
        const once = feedNotes(renderNotes(text))
        const isAllowed = !/<(?!\/?(?:p|ol|ul|li|a|b|i|strong|em)>|a href="[^"]*">)/.test(once)
        return isAllowed && isBalanced(once) && feedNotes(once) === once
      }),
    )
  },
)

t.test('the summary is the first paragraph in plain words, as it was written', async (t) => {
  t.equal(summaryOf('<p>Tea &amp; <b>toast</b>.</p><ul><li>0:03 Milk</li></ul>'), 'Tea & toast.')
  t.equal(summaryOf(renderNotes('# A\n\n1 < 2 & "3"\n\n- b\n- c')), '1 < 2 & "3"')
  t.equal(summaryOf(renderNotes('- 1 < 2 & "3"\n- Milk')), '1 < 2 & "3" Milk')
  t.equal(summaryOf(''), '')
})

t.test('the summary is one line of at most 300 characters, cut between words', async (t) => {
  t.equal(summaryOf(`<p>${'word '.repeat(60)}</p>`), 'word '.repeat(60).trim(), '299 characters stay')
  t.equal(summaryOf(`<p>${'word '.repeat(61)}</p>`), `${'word '.repeat(60).trim()}…`, 'with the mark they are 300')
  t.equal(summaryOf(`<p>x${'😀'.repeat(200)}</p>`), `x${'😀'.repeat(74)}…`, 'no character is halved')
  fc.assert(
    fc.property(notes, (text) => {
      const summary = summaryOf(renderNotes(text.repeat(4)))
      return summary.length <= 300 && !/[\r\n]/.test(summary)
    }),
  )
})

t.test('an excerpt is never longer than asked, apart from its mark', async (t) => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.integer({ min: 1, max: 50 }),
      (text, length) => excerpt(text, length).length <= length + 1,
    ),
  )
  t.equal(excerpt('one two, three', 9), 'one two…')
  t.equal(excerpt('short', 9), 'short')
})

/** Whether each tag ends what the last one began. */
function isBalanced(html: string): boolean {
  const open: string[] = []
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)(\w+)/g)) {
    if (!slash) open.push(name)
    else if (open.pop() !== name) return false
  }
  return open.length === 0
}
