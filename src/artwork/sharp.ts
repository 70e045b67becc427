import sharp from 'sharp'

// One thread and no cache, because it runs beside encodes and requests and ends after one picture.
sharp.concurrency(1)
sharp.cache(false)

/** Libvips: only for the process that renders, never for one that serves. */
export { sharp }
