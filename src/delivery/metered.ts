import { pipeline, type Readable, Transform } from 'node:stream'

/**
 * The same bytes, counted: `onEnd` is told once how many were passed on, before the last of `length` bytes is, or when the
 * reader or the source ends early.
 */
export function metered(source: Readable, length: number, onEnd: (bytesPassed: number) => void): Readable {
  let passed = 0
  let isTold = false
  const tell = () => {
    if (!isTold) onEnd(passed)
    isTold = true
  }
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      passed += chunk.length
      if (passed >= length) tell()
      done(null, chunk)
    },
  })
  return pipeline(source, meter, tell)
}
