const blocksInGate = 4
const absoluteGateLufs = -70
const relativeGateLu = -10

/**
 * Integrated loudness in LUFS (ITU-R BS.1770-4): `energies` has the K-weighted mean square, summed over the channels, of each
 * 100 ms. Minus infinity for silence and for less than 400 ms.
 */
export function integratedLufs(energies: Float64Array): number {
  const gated = gate(energies, energyOf(absoluteGateLufs))
  if (gated === 0) return Number.NEGATIVE_INFINITY
  return lufsOf(gate(energies, Math.max(energyOf(absoluteGateLufs), energyOf(lufsOf(gated) + relativeGateLu))))
}

/** The mean of all 400 ms blocks, each a quarter further than the one before, that are above a threshold; 0 when none is. */
function gate(energies: Float64Array, threshold: number): number {
  let sum = 0
  let count = 0
  for (let last = blocksInGate - 1; last < energies.length; last++) {
    let block = 0
    for (let at = last - blocksInGate + 1; at <= last; at++) block += energies[at] as number
    block /= blocksInGate
    if (block <= threshold) continue
    sum += block
    count++
  }
  return count === 0 ? 0 : sum / count
}

const lufsOf = (energy: number) => -0.691 + 10 * Math.log10(energy)
const energyOf = (lufs: number) => 10 ** ((lufs + 0.691) / 10)
