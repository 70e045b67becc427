import t from 'tap'
import { demandLanguage } from '../../src/shows/language.ts'

t.test('tags of languages that there are are taken, in any case', async (t) => {
  for (const tag of [
    'en',
    'EN',
    'en-US',
    'pt-BR',
    'zh-Hant-TW',
    'de-CH-1996',
    'gsw',
    'nds-DE',
    'sr-Latn',
    'he',
    'iw',
    'tlh',
  ]) {
    t.doesNotThrow(() => demandLanguage(tag), tag)
  }
})

t.test('what is no tag, or one of no language, is refused by the name of the field', async (t) => {
  for (const tag of ['zz', 'qq', 'xx-US', 'english', 'de_DE', 'e', 'en-', 'x-klingon', '', '12', 'en US', 'en\n']) {
    t.throws(() => demandLanguage(tag), { code: 'invalid', details: { field: 'language' }, message: /BCP 47/ }, tag)
  }
  t.throws(() => demandLanguage('zz', 'files.0.language'), { code: 'invalid', details: { field: 'files.0.language' } })
})
