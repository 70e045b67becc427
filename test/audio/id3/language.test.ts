import t from 'tap'
import { languageCode } from '../../../src/audio/id3/language.ts'

t.test('a language tag becomes three letters', async (t) => {
  const cases: [tag: string, code: string][] = [
    ['en', 'eng'],
    ['pt-BR', 'por'],
    ['de_AT', 'deu'],
    ['zh-Hant-TW', 'zho'],
    ['EN-us', 'eng'],
    ['iw', 'heb'],
    ['ger', 'deu'],
    ['gsw', 'gsw'],
    ['zu', 'zul'],
    ['xx', 'und'],
    ['english', 'und'],
    ['not a language', 'und'],
    ['', 'und'],
  ]
  for (const [tag, code] of cases) t.equal(languageCode(tag), code, tag)
})
