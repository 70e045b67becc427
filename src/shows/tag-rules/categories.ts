import { invalid } from '../../core/errors.ts'
import { tryParseCategory } from '../categories.ts'

/** Throws `invalid` unless it is one of Apple's, in their spelling. */
export function demandCategory(category: string, field: string): void {
  if (tryParseCategory(category)) return
  throw invalid(
    `“${category}” is not a category of Apple Podcasts. Write it as they do, like “Arts” or “Arts > Design”: https://podcasters.apple.com/support/1691-apple-podcasts-categories`,
    field,
  )
}

/** `itunes:category`: Apple's names, none of them the show's first. */
export function checkCategories(categories: readonly string[], field: string, first: string | undefined): void {
  for (const [index, category] of categories.entries()) {
    demandCategory(category, `${field}.${index}`)
    if (category === first) {
      throw invalid(`“${category}” is the first category of the show already (itunes:category).`, `${field}.${index}`)
    }
  }
}
