import { feedUrl } from '../core/addresses.ts'
import type { Config } from '../core/config.ts'
import type { Show } from '../shows/show.ts'

/** WebSub §4: the hubs of a feed, and exactly one `self`, as headers; nothing where the station has no hubs. */
export function webSubLinks(
  config: Pick<Config, 'publicUrl' | 'webSubHubs'>,
  { slug }: Pick<Show, 'slug'>,
): Readonly<{ link?: string }> {
  if (config.webSubHubs.length === 0) return {}
  const links = [
    ...config.webSubHubs.map((hub) => ({ url: hub, rel: 'hub' })),
    { url: feedUrl(config, slug), rel: 'self' },
  ]
  return { link: links.map(({ url, rel }) => `<${url}>; rel="${rel}"`).join(', ') }
}
