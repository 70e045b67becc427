/** Frames that an encoder needs before a piece and after it to come to the same result as if it had begun at the start. */
export const leadInFrames = 8
export const leadOutFrames = 3

/** Of encoder and decoder together: so many samples later a sound comes out of the decoder. */
export const codecDelay = 1105

/**
 * libmp3lame scales its input down, by bit rate, so that its own noise does not clip: what it takes away, dB. It is added back
 * before. As seen with 3.100, and kept true by a test.
 */
export function encoderGainDb(bitrateKbps: number): number {
  if (bitrateKbps <= 160) return -0.4455
  if (bitrateKbps <= 192) return -0.2646
  if (bitrateKbps <= 224) return -0.1755
  return 0
}
