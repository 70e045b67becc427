import { invalid } from '../../core/errors.ts'
import type { Person } from '../feed-tags/person.ts'
import { nearWords } from './near-words.ts'
import { groups, roles } from './taxonomy.ts'

/** `podcast:person`: role and group are official words of the Podcast Taxonomy, in any case (https://podcasttaxonomy.com). */
export function checkPeople(people: readonly Person[], field: string): void {
  for (const [index, { role, group }] of people.entries()) {
    demandWord(role, roles, { what: 'role', field: `${field}.${index}.role` })
    demandWord(group, groups, { what: 'group', field: `${field}.${index}.group` })
  }
}

type Place = Readonly<{ what: string; field: string }>

function demandWord(word: string | undefined, words: readonly string[], { what, field }: Place): void {
  if (word === undefined || words.includes(word.toLowerCase())) return
  const near = nearWords(word, words)
  const choice =
    near.length > 0
      ? `Do you mean ${near.map((each) => `“${each}”`).join(' or ')}?`
      : `Write one of: ${words.join(', ')}.`
  throw invalid(`“${word}” is not a ${what} of the Podcast Taxonomy, which podcast:person asks for. ${choice}`, field)
}
