import { createHash } from 'node:crypto'
import { type Config, ConfigError, type CountWindow } from '../core/config.ts'
import { type Agent, type AgentTable, knownAgents } from './agent.ts'
import { loadAgents } from './load-agents.ts'
import { rememberAgents } from './remember-agents.ts'

/** One more whenever the rules of counting in this folder change what is counted: everything is counted anew then. */
const edition = 2

/** What a station counts by. */
export type Rules = Readonly<{
  window: CountWindow
  agentOf(userAgent: string | undefined): Agent
  /** The same for the same rules always. */
  fingerprint: string
}>

type Settings = Pick<Config, 'countWindow' | 'userAgentsFile'>

const rulesOfApps = new WeakMap<object, Promise<Rules>>()

/** The rules that the settings ask for, read once. Throws `ConfigError` when USER_AGENTS_FILE cannot be used. */
export function rulesOf({ config }: Readonly<{ config: Settings }>): Promise<Rules> {
  const known = rulesOfApps.get(config) ?? readRules(config)
  rulesOfApps.set(config, known)
  return known
}

async function readRules({ countWindow, userAgentsFile }: Settings): Promise<Rules> {
  const table = userAgentsFile ? await loadTable(userAgentsFile) : knownAgents
  return { window: countWindow, agentOf: rememberAgents(table), fingerprint: fingerprintOf(countWindow, table) }
}

const loadTable = (file: string): Promise<AgentTable> =>
  loadAgents(file).catch((error: Error) => {
    throw new ConfigError([error.message])
  })

function fingerprintOf(window: CountWindow, table: AgentTable): string {
  const inWords = (_key: string, value: unknown) => (value instanceof RegExp ? String(value) : value)
  return createHash('sha256')
    .update(JSON.stringify([edition, window, table], inWords))
    .digest('base64url')
}
