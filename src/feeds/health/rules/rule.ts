import type { Facts, HealthItem } from '../facts.ts'
import type { Authority, Finding, Level, Objection } from '../finding.ts'

/** One thing that somebody asks of a feed. Pure. */
export type Rule = Readonly<{
  name: string
  level: Level
  source: string
  find(facts: Facts): readonly Objection[]
}>

/** All findings of these rules of one authority. */
export const applyRules = (authority: Authority, rules: readonly Rule[], facts: Facts): Finding[] =>
  rules.flatMap(({ name, level, source, find }) =>
    find(facts).map((objection) => ({
      rule: `${authority.toLowerCase().replaceAll(' ', '-')}/${name}`,
      authority,
      source,
      level,
      ...objection,
    })),
  )

/** One objection if that is so. */
export const when = (isSo: boolean, message: string, field?: string): readonly Objection[] =>
  isSo ? [{ message, ...(field && { field }) }] : []

/** One for each episode of which that is so. */
export const forEach = (
  { items }: Facts,
  isSo: (item: HealthItem) => boolean,
  message: (item: HealthItem) => string,
  field?: string,
): readonly Objection[] =>
  items.filter(isSo).map((item) => ({ message: message(item), episodeId: item.episodeId, ...(field && { field }) }))

/** One for all episodes of which that is so, which tells how many they are. */
export function forSome(
  { items }: Facts,
  isSo: (item: HealthItem) => boolean,
  message: (count: string) => string,
  field?: string,
): readonly Objection[] {
  const count = items.filter(isSo).length
  const words = count === items.length ? 'All episodes' : `${count} of ${items.length} episodes`
  return when(count > 0, message(count === 1 && items.length === 1 ? 'The episode' : words), field)
}

/** Those that share something with another one, all but the first of each. */
export function repeated(items: readonly HealthItem[], keyOf: (item: HealthItem) => string | undefined): HealthItem[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const key = keyOf(item)
    if (key === undefined) return false
    const isRepeated = seen.has(key)
    seen.add(key)
    return isRepeated
  })
}
