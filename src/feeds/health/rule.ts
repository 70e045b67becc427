import type { InspectedEpisode, InspectedShow } from './inspected-show.ts'

export const authorities = ['Apple', 'Spotify', 'YouTube', 'PSP', 'Podcast namespace', 'HTTP'] as const
/** Who objects. */
export type Authority = (typeof authorities)[number]

export const levels = ['error', 'warning', 'hint'] as const
/** `error`: it will be refused, or listeners will miss it; `warning`: it will be worse; `hint`: it could be better. */
export type Level = (typeof levels)[number]

/** What somebody would object to, in words that say what to do. */
export type Finding = Readonly<{
  rule: string
  authority: Authority
  level: Level
  message: string
  /** Where the rule stands: an address, or a document and its part. */
  source: string
  /** The field of the API that mends it. */
  field?: string
  /** Absent: it is about the show. */
  episodeId?: string
}>

/** A rule that a subject keeps or breaks. */
export type Rule<Subject extends readonly unknown[]> = Readonly<{
  id: string
  authority: Authority
  source: string
  level: Level
  field?: string
  /** What to do; undefined: it is kept. Pure. */
  objection(...subject: Subject): string | undefined
}>

export type ShowRule = Rule<[show: InspectedShow]>
export type EpisodeRule = Rule<[episode: InspectedEpisode, show: InspectedShow]>

/** What rules have against a subject. */
export const objections = <Subject extends readonly unknown[]>(
  rules: readonly Rule<Subject>[],
  subject: Subject,
  episodeId?: string,
): Finding[] =>
  rules.flatMap((rule) => {
    const message = rule.objection(...subject)
    if (message === undefined) return []
    const { id, authority, level, source, field } = rule
    return { rule: id, authority, level, message, source, ...(field && { field }), ...(episodeId && { episodeId }) }
  })
