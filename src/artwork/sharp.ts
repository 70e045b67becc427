import sharp from 'sharp'

// One thread and no cache, because this runs beside encodes and requests.
sharp.concurrency(1)
sharp.cache(false)

/** Libvips, loaded when the program starts: that holds the thread for 60 ms, which no request shall wait for. */
export { sharp }
