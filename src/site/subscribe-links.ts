export type SubscribeLink = Readonly<{ app: string; href: string }>

/**
 * Links that open a feed in an app, for any feed whether a directory knows it or not. Forms:
 * Apple's `podcast:` scheme in the place of https; Overcast's x-callback-url; Pocket Casts' `pktc://subscribe/` without the
 * scheme; AntennaPod's page (antennapod.org/documentation/podcasters-hosters/add-on-antennapod).
 */
export function subscribeLinks({ title, feedUrl }: Readonly<{ title: string; feedUrl: string }>): SubscribeLink[] {
  const withoutScheme = feedUrl.replace(/^https?:\/\//, '')
  const [feed, name] = [encodeURIComponent(feedUrl), encodeURIComponent(title)]
  return [
    { app: 'Apple Podcasts', href: `podcast://${withoutScheme}` },
    { app: 'Pocket Casts', href: `pktc://subscribe/${withoutScheme}` },
    { app: 'Overcast', href: `overcast://x-callback-url/add?url=${feed}` },
    { app: 'AntennaPod', href: `https://antennapod.org/deeplink/subscribe?url=${feed}&title=${name}` },
  ]
}
