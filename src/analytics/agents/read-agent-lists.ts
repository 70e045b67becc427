import type { AgentTable, Device, Known } from '../agent.ts'
import { compilePattern } from './compile-pattern.ts'

const mostEntries = 5_000

type Entry = Known & Readonly<{ category?: string }>

/** The kinds of devices by the categories of OPAWG's user-agents-v2. */
const devices: Readonly<Record<string, Device>> = {
  mobile: 'phone',
  computer: 'computer',
  smart_speaker: 'speaker',
  smart_tv: 'tv',
  auto: 'car',
  watch: 'watch',
}

/** Lists by their OPAWG names (`bots`, `apps`, …) as a table; only those that are there. Throws Error that says what is wrong. */
export function readAgentLists(lists: Readonly<Record<string, unknown>>): Partial<AgentTable> {
  const read = (name: string) => (lists[name] === undefined ? undefined : entriesOf(name, lists[name]))
  const table: { -readonly [list in keyof AgentTable]?: AgentTable[list] | undefined } = {
    robots: read('bots'),
    apps: read('apps'),
    libraries: read('libraries')?.map((entry) => ({ ...entry, isRobot: entry.category === 'bot' })),
    browsers: read('browsers'),
    devices: read('devices')?.map(({ name, pattern, category }) => ({ pattern, device: deviceOf(name, category) })),
  }
  return Object.fromEntries(Object.entries(table).filter(([, list]) => list !== undefined))
}

function entriesOf(list: string, content: unknown): Entry[] {
  const entries = (content as { entries?: unknown } | null)?.entries
  if (!Array.isArray(entries)) throw new Error(`has no "entries" for ${list}`)
  if (entries.length > mostEntries)
    throw new Error(`has ${entries.length} ${list}, but at most ${mostEntries} are read`)
  return entries.map((entry, index) => entryOf(list, entry, index))
}

function entryOf(list: string, entry: unknown, index: number): Entry {
  const { name, pattern, category } = (entry ?? {}) as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || name.trim() === '') throw new Error(`has no "name" in entry ${index + 1} of ${list}`)
  if (typeof pattern !== 'string' || pattern === '') throw new Error(`has no "pattern" for “${name}” of ${list}`)
  try {
    return {
      name: name.trim().slice(0, 100),
      pattern: compilePattern(pattern),
      category: category as string | undefined,
    }
  } catch (error) {
    throw new Error(`has a pattern for “${name}” of ${list} that ${(error as Error).message}`)
  }
}

/** OPAWG has tablets among the mobile ones. */
const deviceOf = (name: string, category = ''): Device =>
  category === 'mobile' && /tablet|iPad/i.test(name) ? 'tablet' : (devices[category] ?? 'unknown')
