/** `error`: it will be refused; `warning`: it will be worse than it could be; `hint`: worth knowing. */
export type Level = 'error' | 'warning' | 'hint'

/** Whose rule it is; `station`: what keeps this station from being reached at all. */
export type Authority = 'Apple' | 'Spotify' | 'YouTube' | 'PSP' | 'podcast namespace' | 'station'

/** What somebody would object to. `message` says what to do. */
export type Finding = Readonly<{
  /** Like `apple/cover-size`. */
  rule: string
  authority: Authority
  /** Where the rule stands: an address. */
  source: string
  level: Level
  message: string
  /** The field of the API that mends it, where one does. */
  field?: string
  /** The episode that it is about; absent: the show. */
  episodeId?: string
}>

/** What a rule finds in one place. */
export type Objection = Pick<Finding, 'message' | 'field' | 'episodeId'>

/** How many there are of each level. */
export const countLevels = (findings: readonly Finding[]): Record<Level, number> => {
  const counts = { error: 0, warning: 0, hint: 0 }
  for (const { level } of findings) counts[level] += 1
  return counts
}

const order: readonly Level[] = ['error', 'warning', 'hint']

/** What matters most comes first; else as it was found. */
export const byLevel = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((one, other) => order.indexOf(one.level) - order.indexOf(other.level))
