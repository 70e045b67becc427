import { oneLine, severalLines } from './one-line.ts'

/** Tags by name: a new value, or null for one that is to go. */
export type TagChanges<Tags> = { readonly [Name in keyof Tags]?: Tags[Name] | null }

type TagSchema<Tags> = Readonly<{ properties: Readonly<Record<keyof Tags, unknown>> }>

/** Parts what somebody wants changed into feed tags, their texts cleaned, and all other fields. */
export function splitTags<Tags extends object, Changes extends TagChanges<Tags>>(
  { properties }: TagSchema<Tags>,
  changes: Changes,
): Readonly<{ tags: TagChanges<Tags>; fields: Omit<Changes, keyof Tags> }> {
  const entries = Object.entries(changes).filter(([, value]) => value !== undefined)
  const isTag = ([name]: readonly [string, unknown]) => Object.hasOwn(properties, name)
  return {
    tags: cleaned(Object.fromEntries(entries.filter(isTag))) as TagChanges<Tags>,
    fields: Object.fromEntries(entries.filter((entry) => !isTag(entry))) as Omit<Changes, keyof Tags>,
  }
}

/** The tags that are there after a change: those that it does not name stay, null and an empty list take one away. */
export function mergeTags<Tags extends object>(stored: Tags, changes: TagChanges<Tags>): Tags {
  const entries = Object.entries({ ...stored, ...changes })
  return Object.fromEntries(entries.filter(([, value]) => value !== null && !isEmptyList(value))) as Tags
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

/** Free texts and signatures may have lines; both are called `value`. */
function cleaned(value: unknown, name?: string): unknown {
  if (typeof value === 'string') return name === 'value' ? severalLines(value) : oneLine(value)
  if (Array.isArray(value)) return value.map((item) => cleaned(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cleaned(each, key)]))
}
