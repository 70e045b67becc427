import { once } from 'node:events'
import { createServer } from 'node:net'

const lowest = 20_000
const highest = 32_000

/** The first of `count` neighbouring ports that are free on 127.0.0.1, below those that the system itself hands out. */
export async function freePorts(count: number): Promise<number> {
  const first = lowest + Math.floor(Math.random() * (highest - lowest - count))
  for (let port = first; port < first + count; port++) {
    if (!(await isFree(port))) return freePorts(count)
  }
  return first
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
    return true
  } catch {
    return false
  } finally {
    server.close()
  }
}
