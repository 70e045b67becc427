import { invalid } from '../../core/errors.ts'
import type { AnyFeedTags } from '../check-feed-tags.ts'

/** What may stand only once in a list, by the list's name; and how a problem calls it. */
const distinct: { [Name in keyof AnyFeedTags]?: readonly [string, (item: ItemOf<Name>) => unknown] } = {
  people: ['podcast:person: the same person in the same role', ({ name, role, group }) => [name, role, group]],
  locations: ['podcast:location: the same place', ({ name, rel }) => [name, rel]],
  funding: ['podcast:funding: the same address', ({ url }) => url],
  socialInteract: ['podcast:socialInteract: the same post', ({ protocol, uri }) => [protocol, uri]],
  images: ['podcast:image: the same picture', ({ url }) => url],
  contentLinks: ['podcast:contentLink: the same address', ({ url }) => url],
  seasons: ['podcast:season: the same number', ({ number }) => number],
  podroll: ['podcast:podroll: the same feed', ({ feedGuid }) => feedGuid],
  remoteItems: ['podcast:remoteItem: the same item', ({ feedGuid, itemGuid }) => [feedGuid, itemGuid]],
  platformBlocks: ['podcast:block: the same platform', ({ id }) => id],
  soundbites: [
    'podcast:soundbite: the same passage',
    ({ startSeconds, durationSeconds }) => [startSeconds, durationSeconds],
  ],
  furtherCategories: ['itunes:category: the same category', (category) => category],
}

type ItemOf<Name extends keyof AnyFeedTags> =
  NonNullable<AnyFeedTags[Name]> extends readonly (infer Item)[] ? Item : never

/** No list says the same twice. */
export function checkDistinct(tags: AnyFeedTags): void {
  for (const [name, rule] of Object.entries(distinct)) {
    const items = tags[name as keyof AnyFeedTags]
    if (Array.isArray(items)) demandDistinct(items, name, rule as readonly [string, (item: unknown) => unknown])
  }
}

function demandDistinct(
  items: readonly unknown[],
  name: string,
  [what, keyOf]: readonly [string, (item: unknown) => unknown],
) {
  const seen = new Map<string, number>()
  for (const [index, item] of items.entries()) {
    const key = JSON.stringify(keyOf(item) ?? null)
    const first = seen.get(key)
    if (first !== undefined) {
      throw invalid(`“${name}.${index}” repeats “${name}.${first}” (${what} twice). Leave one out.`, `${name}.${index}`)
    }
    seen.set(key, index)
  }
}
