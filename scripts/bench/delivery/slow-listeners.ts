import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

type Options = Readonly<{ count: number; bytesPerSecond: number }>

export type SlowListeners = Readonly<{
  /** Bytes that all have taken so far. */
  taken(): number
  stop(): void
}>

const looksPerSecond = 4

/** Opens so many connections that each ask for the whole and read it no faster than that, whatever is sent. */
export async function startSlowListeners(url: string, { count, bytesPerSecond }: Options): Promise<SlowListeners> {
  const { hostname, port, pathname } = new URL(url)
  let taken = 0
  const sockets: Socket[] = []
  for (let index = 0; index < count; index += 1) {
    const socket = connect({ host: hostname === 'localhost' ? '127.0.0.1' : hostname, port: Number(port) })
    let allowed = bytesPerSecond / looksPerSecond
    socket.on('data', (bytes) => {
      taken += bytes.length
      allowed -= bytes.length
      if (allowed <= 0) socket.pause()
    })
    socket.on('error', () => {})
    socket.write(`GET ${pathname} HTTP/1.1\r\nHost: x\r\nUser-Agent: slow ${index}\r\n\r\n`)
    const timer = setInterval(() => {
      allowed = Math.min(allowed, 0) + bytesPerSecond / looksPerSecond
      if (allowed > 0) socket.resume()
    }, 1000 / looksPerSecond)
    socket.on('close', () => clearInterval(timer))
    sockets.push(socket)
    if (index % 50 === 49) await sleep(20)
  }
  return {
    taken: () => taken,
    stop() {
      for (const socket of sockets) socket.destroy()
    },
  }
}
