import { invalid } from '../core/errors.ts'

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })

/** Throws `invalid`, with the name of the field, unless it is a language tag (BCP 47) of a language that there is (ISO 639). */
export function demandLanguage(text: string, field = 'language'): void {
  if (!isLanguageTag(text))
    throw invalid(`“${text}” is not a language tag. Write it like en, de or pt-BR (BCP 47).`, field)
}

/** All of two letters have a name here; of three there are thousands, and not all have. */
function isLanguageTag(text: string): boolean {
  try {
    const [language = ''] = /^[a-z]{2,3}(?=-|$)/i.exec(text) ?? []
    return Intl.getCanonicalLocales(text).length === 1 && (language.length === 3 || names.of(language) !== undefined)
  } catch {
    return false
  }
}
