const hourMs = 60 * 60 * 1000

/**
 * When a link that is given out now ends, epoch ms: in `seconds` or up to an hour later, and the same for everybody who asks
 * within an hour, because players use a target again after a pause, and caches know it by its address.
 */
export const linkExpiry = (now: number, seconds: number): number =>
  (Math.floor(now / hourMs) + 1) * hourMs + seconds * 1000
