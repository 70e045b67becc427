/**
 * Peaks in two bytes each, because there are 1.6 million in an hour: a hundredth of a dB from -300 dB on, rounded up so that no
 * peak is taken for lower than it is.
 */
const stepsPerDb = 100
const lowestDb = -300

/** `-Infinity`, for silence, is 0. */
export const encodePeak = (db: number): number =>
  Math.max(0, Math.min(65_535, Math.ceil((db - lowestDb) * stepsPerDb - 1e-6)))

export const decodePeakDb = (code: number): number =>
  code === 0 ? Number.NEGATIVE_INFINITY : code / stepsPerDb + lowestDb
