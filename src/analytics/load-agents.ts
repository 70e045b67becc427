import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { type AgentTable, knownAgents } from './agent.ts'
import { readAgentLists } from './agents/read-agent-lists.ts'

const listNames = ['bots', 'apps', 'libraries', 'browsers', 'devices'] as const

/**
 * Apps, robots and devices from a file in the form of OPAWG's user-agents-v2 (`{entries: [{name, pattern, category?}]}`, named
 * `apps.json` or `apps.runtime.json` and so on), one JSON object with several of these lists by name, or a folder of such
 * files. A list that is not there is the one that comes with Longwave. Throws Error with a sentence for whoever set
 * USER_AGENTS_FILE.
 */
export async function loadAgents(file: string): Promise<AgentTable> {
  const lists: Record<string, unknown> = {}
  for (const each of await filesOf(file)) Object.assign(lists, await listsOf(each))
  if (Object.keys(lists).length === 0) throw mistake(file, `has none of ${listNames.join(', ')}`)
  try {
    return { ...knownAgents, ...readAgentLists(lists) }
  } catch (error) {
    throw mistake(file, (error as Error).message)
  }
}

async function filesOf(file: string): Promise<string[]> {
  const found = await stat(file).catch(() => undefined)
  if (!found) throw mistake(file, 'is not there, or may not be read')
  if (!found.isDirectory()) return [file]
  const names = (await readdir(file)).filter((name) => name.endsWith('.json')).sort()
  return names.filter((name) => listNameOf(name) !== undefined).map((name) => path.join(file, name))
}

async function listsOf(file: string): Promise<Record<string, unknown>> {
  const content = parse(file, await readFile(file, 'utf8'))
  if ('entries' in content) return { [listNameOf(path.basename(file)) ?? 'apps']: content }
  return Object.fromEntries(Object.entries(content).filter(([name]) => listNames.some((each) => each === name)))
}

function parse(file: string, text: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(text)
    if (typeof content === 'object' && content !== null && !Array.isArray(content))
      return content as Record<string, unknown>
  } catch {
    // The sentence below says it.
  }
  throw mistake(file, 'is not a JSON object')
}

/** `apps` for `apps.json` and `apps.runtime.json`; the examples that stand beside them are none. */
const listNameOf = (filename: string) =>
  listNames.find((name) => filename === `${name}.json` || filename === `${name}.runtime.json`)

const mistake = (file: string, what: string) => new Error(`USER_AGENTS_FILE: ${file} ${what}.`)
