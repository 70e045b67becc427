import { invalid } from '../../core/errors.ts'
import type { AlternateEnclosure } from '../feed-tags/alternate-enclosure.ts'
import { demandLanguage } from '../language.ts'
import { demandUri } from './links.ts'

/** A hash as Subresource Integrity writes it, in the lengths of its three kinds. */
const integrity = /^(sha256-[A-Za-z0-9+/]{43}=|sha384-[A-Za-z0-9+/]{64}|sha512-[A-Za-z0-9+/]{86}==)$/

/** `podcast:alternateEnclosure`, with its `podcast:source` and `podcast:integrity`. */
export function checkAlternateEnclosures(files: readonly AlternateEnclosure[], field: string): void {
  for (const [index, file] of files.entries()) {
    const place = `${field}.${index}`
    if (file.language !== undefined) demandLanguage(file.language, `${place}.language`)
    for (const [at, { uri }] of file.sources.entries()) demandUri(uri, `${place}.sources.${at}.uri`, 'podcast:source')
    if (file.integrity?.type === 'sri' && !integrity.test(file.integrity.value)) {
      throw invalid(
        `“${place}.integrity.value” must be a hash like sha384-…: sha256, sha384 or sha512, a hyphen and its base64 (podcast:integrity, W3C SRI).`,
        `${place}.integrity.value`,
      )
    }
  }
}
