import { invalid } from '../core/errors.ts'

/** Throws `invalid`, with the name of the field, unless it is a language tag (BCP 47). */
export function demandLanguage(text: string, field = 'language'): void {
  if (!isLanguageTag(text))
    throw invalid(`“${text}” is not a language tag. Write it like en, de or pt-BR (BCP 47).`, field)
}

function isLanguageTag(text: string): boolean {
  try {
    return /^[a-z]{2,3}(-|$)/i.test(text) && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}
