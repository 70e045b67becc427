import { type Agent, type AgentTable, agentOf, knownAgents } from './agent.ts'

const mostRemembered = 10_000

/** `agentOf` that remembers the answers for the last ten thousand user agents. */
export function rememberAgents(table: AgentTable = knownAgents): (userAgent: string | undefined) => Agent {
  const known = new Map<string, Agent>()
  return (userAgent = '') => {
    const remembered = known.get(userAgent)
    if (remembered) return remembered
    if (known.size >= mostRemembered) known.clear()
    const agent = agentOf(userAgent, table)
    known.set(userAgent, agent)
    return agent
  }
}
