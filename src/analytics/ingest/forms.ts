import { readBunnyLine } from './bunny.ts'
import { readCloudflareLine } from './cloudflare.ts'
import { createCloudFrontReader } from './cloudfront.ts'
import { readCombinedLine } from './combined.ts'
import type { LineReader } from './logged-request.ts'
import { readNginxLine } from './nginx.ts'
import { readS3Line } from './s3.ts'

/** Every form of log that is understood, and what reads one log of it. No line is of two forms. */
export const forms = {
  nginx: () => readNginxLine,
  combined: () => readCombinedLine,
  cloudfront: createCloudFrontReader,
  cloudflare: () => readCloudflareLine,
  bunny: () => readBunnyLine,
  s3: () => readS3Line,
} as const satisfies Record<string, () => LineReader>

export type FormName = keyof typeof forms

export const formNames = Object.keys(forms) as FormName[]

/** Reads a log of whichever form the first line has that is understood; until then it understands none. */
export function createRecognisingReader(): LineReader {
  let known: LineReader | undefined
  return (line) => {
    if (known) return known(line)
    for (const name of formNames) {
      const reader = forms[name]()
      const read = reader(line)
      if (!read) continue
      known = reader
      return read
    }
    return undefined
  }
}
