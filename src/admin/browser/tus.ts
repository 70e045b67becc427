type Tus = typeof import('tus-js-client')

/** tus-js-client, which the page loads before this module as a plain script. */
export const tus = (globalThis as unknown as { tus: Tus }).tus
