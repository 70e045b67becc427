import t from 'tap'
import { element, htmlElement, optional, textElement, xmlText } from '../../src/feeds/xml.ts'

t.test('a text keeps what XML 1.0 can say, and loses the rest', async (t) => {
  const rows: [string, string, string][] = [
    ['control characters', 'a\u0000\u0007\u000b\u000c\u001fb', 'ab'],
    ['what is no character', 'a\ufffe\uffffb', 'ab'],
    ['half of a character', 'a\ud83db\udc00c', 'abc'],
    ['a whole one beside half of one', '😀\ud83d', '😀'],
    ['letters that run from right to left, and their marks', 'שלום \u202eabc\u202c', 'שלום \u202eabc\u202c'],
    ['joined emoji', '👩‍🚀', '👩‍🚀'],
    ['spaces around it', ' \t\n a b \u00a0', 'a b'],
    ['a space that was behind a control character', 'a \u0000', 'a'],
    ['line ends of every system', 'a\r\nb\rc\nd\te', 'a\nb\nc\nd\te'],
    ['nothing else', '\u0000 ', ''],
  ]
  for (const [name, written, told] of rows) {
    t.equal(xmlText(written), told, name)
    t.equal(textElement('a', written), `<a>${told}</a>`, `${name}, as text`)
    t.equal(htmlElement('a', written), `<a><![CDATA[${told}]]></a>`, `${name}, as HTML`)
    t.equal(element('a', { b: written }), `<a b="${told.replace(/[\t\n]/g, ' ')}"/>`, `${name}, in an attribute`)
  }
})

t.test('no text gets out of its element, its CDATA or its attribute', async (t) => {
  const text = `&amp; <b> ]]> "'`
  t.equal(textElement('a', text), `<a>&amp;amp; &lt;b&gt; ]]&gt; &quot;'</a>`)
  t.equal(element('a', { b: text }), `<a b="&amp;amp; &lt;b&gt; ]]&gt; &quot;'"/>`)
  t.equal(htmlElement('a', text), `<a><![CDATA[&amp; <b> ]]]]><![CDATA[> "']]></a>`)
  t.equal(htmlElement('a', ']]>]]>'), '<a><![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]></a>')
})

t.test('numbers have no exponent, flags are words, and what is undefined is left out', async (t) => {
  const values = { small: 1e-9, large: 1e21, half: 0.5, flag: false, none: undefined }
  t.equal(element('a', values), '<a small="0.000000001" large="1000000000000000000000" half="0.5" flag="false"/>')
  t.equal(
    element('a', {}, [textElement('b', 1), ...optional(undefined, () => element('c', {}))]),
    '<a>\n<b>1</b>\n</a>',
  )
})
