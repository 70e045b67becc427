import { invalid } from '../../core/errors.ts'
import type { License } from '../feed-tags/license.ts'

/** The identifiers that the podcast namespace lists, and Creative Commons' others, as SPDX writes them but in small letters. */
const identifiers = new Set([
  'arr',
  'none',
  'v4v-1.0',
  'pod-v4v-1.0',
  'cc0-1.0',
  ...['by', 'by-sa', 'by-nd', 'by-nc', 'by-nc-sa', 'by-nc-nd'].flatMap((kind) =>
    ['2.0', '2.5', '3.0', '4.0'].map((version) => `cc-${kind}-${version}`),
  ),
  'pddl-1.0',
  'odbl-1.0',
  ...['afl-3.0', 'apache-2.0', 'artistic-2.0', 'bsl-1.0', 'bsd-2-clause', 'bsd-3-clause', 'bsd-3-clause-clear'],
  ...['ecl-2.0', 'epl-1.0', 'eupl-1.1', 'isc', 'mit', 'ms-pl', 'ncsa', 'osl-3.0', 'ofl-1.1', 'postgresql', 'zlib'],
  ...['agpl-3.0', 'gpl-2.0', 'gpl-3.0', 'lgpl-2.1', 'lgpl-3.0', 'gfdl-1.3', 'lppl-1.3c', 'mpl-2.0'],
  ...['unlicense', 'wtfpl'],
])

/** `podcast:license`: without `url` it is a known identifier; a name of one's own needs the address of its text. */
export function checkLicense({ name, url }: License, field: string): void {
  if (url !== undefined || identifiers.has(name.toLowerCase())) return
  throw invalid(
    `“${name}” is not a license that podcast:license knows, like cc-by-4.0. Write the identifier of SPDX, or give the “url” of the text of your own license.`,
    `${field}.name`,
  )
}

/** The namespace asks for known identifiers in small letters; a name of one's own stays as it is. */
export const knownLicense = (license: License): License => {
  const name = license.name.toLowerCase()
  return identifiers.has(name) ? { ...license, name } : license
}
