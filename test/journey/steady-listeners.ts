import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** An answer that came whole. */
export type Answer = Readonly<{ userAgent: string; status: number; bytes: number; ms: number }>

export type Listeners = Readonly<{
  /** Each asks for one thing at a time, on a connection of its own. */
  count: number
  answers: readonly Answer[]
  /** The user agents whose answers did not come, or not whole. */
  broken: readonly string[]
  stop(): Promise<void>
}>

const pauseMs = 50

export const slowestMs = (answers: readonly Answer[]): number => answers.reduce((most, { ms }) => Math.max(most, ms), 0)

/** Listeners who ask for these addresses in turn without a pause, each time under another user agent, until they are stopped. */
export function startListeners(urls: readonly string[], { count, name }: { count: number; name: string }): Listeners {
  const answers: Answer[] = []
  const broken: string[] = []
  let isStopping = false

  async function listen(listener: number): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let turn = 0; !isStopping; turn += 1) {
      const userAgent = `${name}/${listener}.${turn}`
      try {
        answers.push(await ask(urls[(listener + turn) % urls.length] ?? '', userAgent, agent))
      } catch {
        broken.push(userAgent)
        await sleep(pauseMs)
      }
    }
    agent.destroy()
  }

  const listening = Array.from({ length: count }, (_, listener) => listen(listener))
  return {
    count,
    answers,
    broken,
    async stop() {
      isStopping = true
      await Promise.all(listening)
    },
  }
}

function ask(url: string, userAgent: string, agent: Agent): Promise<Answer> {
  const since = performance.now()
  return new Promise((resolve, reject) => {
    const request = get(url, { agent, headers: { 'user-agent': userAgent } }, (response) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length
      })
      response.on('error', reject).on('end', () => {
        const isWhole = response.complete && bytes === Number(response.headers['content-length'])
        if (isWhole) resolve({ userAgent, status: response.statusCode ?? 0, bytes, ms: performance.now() - since })
        else reject(new Error('the answer broke off'))
      })
    })
    request.on('error', reject)
  })
}
