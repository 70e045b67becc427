import type { Show } from './show.ts'

/** Where the public feed of a show answers 301 to; undefined: it answers here. */
export const feedRedirect = ({
  newFeedUrl,
  feedRedirects,
}: Pick<Show, 'newFeedUrl' | 'feedRedirects'>): string | undefined =>
  newFeedUrl !== null && feedRedirects === 1 ? newFeedUrl : undefined
