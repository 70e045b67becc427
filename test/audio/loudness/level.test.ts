import fc from 'fast-check'
import t from 'tap'
import { fromDb } from '../../../src/audio/loudness/decibels.ts'
import { planLevel } from '../../../src/audio/loudness/level.ts'
import { integratedLufs } from '../../../src/audio/loudness/loudness.ts'
import type { Measured } from '../../../src/audio/loudness/measure.ts'
import { encodePeak } from '../../../src/audio/loudness/peak-code.ts'

const slotsInBlock = 45
const wish = { targetLufs: -16, ceilingDbtp: -2.5 }

/** A recording of blocks as loud as told (LUFS of each), whose peaks lie so many dB above that, in one slot of each block. */
function recording(blocksLufs: readonly number[], crestDb: number): Measured {
  const energies = Float64Array.from(blocksLufs, (lufs) => fromDb(2 * (lufs + 0.691)))
  const peaks = Uint16Array.from({ length: blocksLufs.length * slotsInBlock }, (_, slot) => {
    const lufs = blocksLufs[Math.floor(slot / slotsInBlock)] as number
    return encodePeak(slot % slotsInBlock === 20 ? lufs + crestDb : lufs)
  })
  return {
    energies,
    peaks,
    parts: new Float32Array(),
    unusable: { samples: 0, peak: 0 },
    lufs: integratedLufs(energies),
    peakDbtp: Math.max(...blocksLufs) + crestDb,
  }
}

t.test('a recording with room gets exactly what it lacks, and no limiter', async (t) => {
  const level = planLevel(recording(Array(50).fill(-30), 10), wish)
  t.match(level, { limitedDb: 0, shortfallLu: 0 })
  t.ok(Math.abs(level.gainDb - 14) < 0.05, String(level.gainDb))
})

t.test('a loud recording is taken down', async (t) => {
  t.ok(Math.abs(planLevel(recording(Array(50).fill(-8), 7), wish).gainDb + 8) < 0.05)
})

t.test('what the limiter takes is given back by the gain', async (t) => {
  const level = planLevel(recording(Array(50).fill(-24), 16), wish)
  t.ok(level.gainDb > 8 && level.limitedDb > 2, JSON.stringify(level))
  t.ok(level.shortfallLu < 0.05, String(level.shortfallLu))
})

t.test('at most 8 dB are taken: beyond that it stays quieter, and that is said', async (t) => {
  const level = planLevel(recording(Array(50).fill(-30), 28), wish)
  t.ok(Math.abs(level.limitedDb - 8) < 1e-9)
  t.ok(level.shortfallLu > 5, String(level.shortfallLu))
})

t.test('silence, and what is too short to be measured, stays as it is', async (t) => {
  t.match(planLevel(recording(Array(50).fill(-90), 3), wish), { gainDb: 0, limitedDb: 0, shortfallLu: 0 })
  t.match(planLevel(recording([-20], 3), wish), { gainDb: 0 })
})

t.test('whatever the recording, the plan keeps its bounds', async () => {
  const blocks = fc.array(fc.double({ min: -60, max: -5, noNaN: true }), { minLength: 4, maxLength: 60 })
  fc.assert(
    fc.property(blocks, fc.double({ min: 0, max: 40, noNaN: true }), (lufs, crest) => {
      const measured = recording(lufs, crest)
      const { gainDb, limitedDb, shortfallLu } = planLevel(measured, wish)
      return (
        Number.isFinite(gainDb) &&
        limitedDb >= 0 &&
        limitedDb <= 8 + 1e-9 &&
        shortfallLu >= 0 &&
        measured.peakDbtp + gainDb - limitedDb <= wish.ceilingDbtp + 1e-9
      )
    }),
  )
})
