import { invalid } from '../core/errors.ts'

/** PSP-1. */
const mostBytes = 4000

/** Throws `invalid` for a description that is longer than feeds may have. */
export function demandFittingDescription(description: string): void {
  if (Buffer.byteLength(description) <= mostBytes) return
  throw invalid(
    'The description is over 4000 bytes (PSP-1). Shorten it: letters beyond ASCII take 2 to 4 bytes.',
    'description',
  )
}
