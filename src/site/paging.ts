export const episodesPerPage = 30

/** One page of a longer list; pages count from 1. */
export type Page<T> = Readonly<{ items: readonly T[]; page: number; pages: number; total: number }>

/** The page that holds those items of so many; undefined when none has that number. An empty list has one empty page. */
export function pageOf<T>(
  { items, total }: Readonly<{ items: readonly T[]; total: number }>,
  page: number,
): Page<T> | undefined {
  const pages = Math.max(1, Math.ceil(total / episodesPerPage))
  return page > pages ? undefined : { items, page, pages, total }
}

/** The number in `?page=2`, 1 when there is none; undefined when it is no number of a page. */
export function tryParsePage(text: unknown): number | undefined {
  if (text === undefined) return 1
  return typeof text === 'string' && /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined
}

/** The address of that page: the first has no number. */
export const addressOfPage = (url: string, page: number): string => (page === 1 ? url : `${url}?page=${page}`)
