import { privateAudioUrl, privateFeedUrl } from '../core/addresses.ts'
import type { App } from '../core/app.ts'
import { listPublishedEpisodes } from './episode.ts'
import { enclosureFile } from './episode-state.ts'
import type { FeedToken } from './feed-token.ts'
import type { FeedTokenView, NewFeedTokenView } from './feed-token-schemas.ts'
import { getShow } from './show.ts'

/** A feed token as the API tells it. */
export const viewFeedToken = (feedToken: FeedToken): FeedTokenView => {
  const { id, showId, name, earlySeconds, createdAt, lastUsedAt, revokedAt } = feedToken
  return {
    id,
    showId,
    name,
    earlySeconds,
    createdAt: new Date(createdAt).toISOString(),
    ...(lastUsedAt !== null && { lastUsedAt: new Date(lastUsedAt).toISOString() }),
    ...(revokedAt !== null && { revokedAt: new Date(revokedAt).toISOString() }),
  }
}

/** One that was just made, with the token and a link to try it with. */
export async function viewNewFeedToken(
  { db, config, clock }: App,
  feedToken: FeedToken,
  token: string,
): Promise<NewFeedTokenView> {
  const { slug } = await getShow(db, feedToken.showId)
  const [newest] = await listPublishedEpisodes(db, feedToken.showId, clock.now() + feedToken.earlySeconds * 1000)
  return {
    ...viewFeedToken(feedToken),
    token,
    feedUrl: privateFeedUrl(config, slug, token),
    ...(newest && { exampleUrl: privateAudioUrl(config, token, newest.id, enclosureFile(newest)) }),
  }
}
