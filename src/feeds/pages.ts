import { feedPageUrl } from '../core/addresses.ts'
import { notFound } from '../core/errors.ts'
import type { FeedPages } from './feed-model.ts'

/** The page at `feed.xml` itself. */
export const newestPage = 0

/** A stretch of a feed; its episodes are counted from the oldest: `from` (its first) up to `to`, which is not on it. */
export type Page = Readonly<{
  /** `newestPage`, or `to`: what `?before=` says. */
  before: number
  from: number
  to: number
}>

/**
 * A feed in pages (RFC 5005 §3), newest first. The newest holds exactly `size` episodes; older ones end at multiples of `size`,
 * counted from the oldest episode, so that a full one stays as it is when episodes are added. What lies between is addressed by
 * where it begins: whoever read `next` of a page gets exactly what follows it, whatever was added meanwhile.
 */
export function cutPages(count: number, size: number): Page[] {
  const newest = { before: newestPage, from: Math.max(0, count - size), to: count }
  const pages: Page[] = [newest]
  for (let to = newest.from; to > 0; ) {
    const from = lastBoundary(to, size)
    pages.push({ before: to, from, to })
    to = from
  }
  return pages
}

/** Where the page that ends there begins. */
export const lastBoundary = (to: number, size: number): number => Math.floor((to - 1) / size) * size

/** The links of one of these pages to the others; undefined: it has none. */
export function linksOf(pages: readonly Page[], index: number, feedUrl: string): FeedPages | undefined {
  if (pages.length === 1) return undefined
  const urlOf = (page: Page | undefined) => page && pageUrl(feedUrl, page)
  return {
    first: feedUrl,
    previous: urlOf(pages[index - 1]),
    next: urlOf(pages[index + 1]),
    last: urlOf(pages.at(-1)) ?? feedUrl,
  }
}

export const pageUrl = (feedUrl: string, { before }: Page): string =>
  before === newestPage ? feedUrl : feedPageUrl(feedUrl, before)

/** What `?before=` asks for; undefined: no page has such an address. */
export function tryParsePage(before: unknown): number | undefined {
  if (before === undefined) return newestPage
  return typeof before === 'string' && /^[1-9]\d{0,8}$/.test(before) ? Number(before) : undefined
}

/** A page that never was, or whose day is over. */
export const noSuchPage = (before: number | string) => notFound('page of this feed before episode', String(before))
