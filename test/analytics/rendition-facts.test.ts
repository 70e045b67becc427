import t from 'tap'
import { thresholdBytes } from '../../src/analytics/rendition-facts.ts'

const facts = { bytes: 30_000_000, headerBytes: 100_000, bitrateKbps: 128, durationSeconds: 1_800 }

/** IAB 2.3 §5.5.3. */
const cases: [string, Partial<typeof facts>, number][] = [
  ['the header and a minute of sound', {}, 1_060_000],
  ['more of it at a higher bit rate', { bitrateKbps: 320 }, 2_500_000],
  ['more of it behind a large picture', { headerBytes: 3_000_000 }, 3_960_000],
  ['just a minute: the minute', { durationSeconds: 60, bytes: 1_070_000 }, 1_060_000],
  ['under a minute: all of it', { durationSeconds: 59.9, bytes: 1_058_000 }, 1_058_000],
  ['no bit rate known: all of it', { bitrateKbps: 0 }, 30_000_000],
  ['no length known: all of it', { durationSeconds: 0 }, 30_000_000],
  ['never more than there is', { bytes: 900_000 }, 900_000],
]

for (const [what, differently, bytes] of cases) t.equal(thresholdBytes({ ...facts, ...differently }), bytes, what)
