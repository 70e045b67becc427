import fc from 'fast-check'
import t from 'tap'
import { parseEnclosurePrefix, prefixed } from '../../src/shows/enclosure-prefix.ts'

t.test('an https address is taken, with a slash at its end and in plain letters', async (t) => {
  const cases: [string, string][] = [
    ['https://op3.dev/e/', 'https://op3.dev/e/'],
    ['https://op3.dev/e', 'https://op3.dev/e/'],
    ['https://OP3.dev', 'https://op3.dev/'],
    [
      'https://op3.dev/e,pg=9b024349-ccf0-5f69-a609-6b82873eab3c/',
      'https://op3.dev/e,pg=9b024349-ccf0-5f69-a609-6b82873eab3c/',
    ],
    [' https://dts.podtrac.com/redirect.mp3 ', 'https://dts.podtrac.com/redirect.mp3/'],
    ['https://zähler.example/ö', 'https://xn--zhler-gra.example/%C3%B6/'],
  ]
  for (const [text, prefix] of cases) t.equal(parseEnclosurePrefix(text), prefix)
})

t.test('what breaks a rule is refused with that rule', async (t) => {
  const cases: [string, RegExp][] = [
    ['op3.dev/e/', /must begin with https/],
    ['http://op3.dev/e/', /must begin with https/],
    ['javascript:alert(1)', /must begin with https/],
    ['https://user:secret@op3.dev/e/', /no user name and no password/],
    ['https://op3.dev/e/?x=1', /no \? and no #/],
    ['https://op3.dev/e/#x', /no \? and no #/],
    ['https://op3.dev/e/?', /no \? and no #/],
    [`https://op3.dev/${'e'.repeat(255)}/`, /at most 255 characters/],
  ]
  for (const [text, message] of cases) {
    t.throws(
      () => parseEnclosurePrefix(text),
      { code: 'invalid', message, details: { field: 'enclosurePrefix' } },
      text,
    )
  }
})

t.test('an address behind it is one address still, of plain letters', async () => {
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ['https'] }), (text) => {
      fc.pre(text.length < 200)
      const url = prefixed(parseEnclosurePrefix(text), 'https://radio.example/audio/1/x.mp3')
      return new URL(url).pathname.endsWith('/radio.example/audio/1/x.mp3') && /^[!-~]+$/.test(url)
    }),
  )
})

t.test('services that count think of https unless they are told http', async (t) => {
  t.equal(prefixed('https://op3.dev/e/', 'https://radio.example/x.mp3'), 'https://op3.dev/e/radio.example/x.mp3')
  t.equal(prefixed('https://op3.dev/e/', 'http://radio.example/x.mp3'), 'https://op3.dev/e/http://radio.example/x.mp3')
  t.equal(prefixed(null, 'https://radio.example/x.mp3'), 'https://radio.example/x.mp3')
})
