import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Passage } from './segment.ts'

/**
 * The passages of a transcript as they are stored: JSON, deflated, in base64. It is a tenth of the JSON, and what a database's thread
 * writes and reads of a long transcript takes a moment.
 */
export const packPassages = (passages: readonly Passage[]): string =>
  deflateRawSync(JSON.stringify(passages), { level: 3 }).toString('base64')

/** Rows of older versions have the JSON as it is. */
export const unpackPassages = (packed: string): Passage[] =>
  JSON.parse(packed.startsWith('[') ? packed : inflateRawSync(Buffer.from(packed, 'base64')).toString())
