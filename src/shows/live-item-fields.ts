import { storableText } from '../core/db.ts'
import { invalid } from '../core/errors.ts'
import { tryParseUrl } from '../core/try-parse-url.ts'
import { demandFittingDescription } from './description.ts'
import type { LiveItemFeedTags } from './feed-tags.ts'
import { parseInstant } from './instant.ts'
import type { LiveItem } from './live-item.ts'
import type { LiveItemChanges } from './live-item-schemas.ts'
import { oneLine } from './one-line.ts'

/** The columns of the fields that are given. Throws `invalid`. */
export function storedFields({
  title,
  description,
  status,
  startsAt,
  endsAt,
  stream,
}: Omit<LiveItemChanges, keyof LiveItemFeedTags>) {
  if (description !== undefined) demandFittingDescription(description)
  if (stream && !tryParseUrl(stream.url)) throw invalid('“stream.url” is not a web address.', 'stream.url')
  return {
    ...(title !== undefined && { title: oneLine(title) }),
    ...(description !== undefined && { description: storableText(description).trim() }),
    ...(status !== undefined && { status }),
    ...(startsAt !== undefined && { startsAt: parseInstant(startsAt, 'startsAt') }),
    ...(endsAt !== undefined && { endsAt: endsAt === null ? null : parseInstant(endsAt, 'endsAt') }),
    ...(stream !== undefined && { streamUrl: stream.url, streamType: stream.type }),
  }
}

/** Throws `invalid` where it ends before it begins. */
export function demandOrder({ startsAt, endsAt }: Pick<LiveItem, 'startsAt' | 'endsAt'>): void {
  if (endsAt !== null && endsAt <= startsAt) {
    throw invalid('“endsAt” must be later than “startsAt” (podcast:liveItem).', 'endsAt')
  }
}
