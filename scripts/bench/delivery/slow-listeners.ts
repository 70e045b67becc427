/**
 * A process of its own, so that its work is not taken for the station's: `node slow-listeners.js address count bytesPerSecond`. Opens so
 * many connections that each ask for the whole and read it no faster than that, until it is ended.
 */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const looksPerSecond = 4
const longestMs = 60_000

const [address = '', count = '', rate = ''] = process.argv.slice(2)
const url = new URL(address)
setTimeout(() => process.exit(), longestMs)
for (let index = 0; index < Number(count); index += 1) {
  listen(index, Number(rate))
  if (index % 50 === 49) await sleep(20)
}

function listen(index: number, bytesPerSecond: number): void {
  const socket = connect({ host: url.hostname, port: Number(url.port) })
  let allowed = bytesPerSecond / looksPerSecond
  socket.on('data', (bytes) => {
    allowed -= bytes.length
    if (allowed <= 0) socket.pause()
  })
  const timer = setInterval(() => {
    allowed = Math.min(allowed, 0) + bytesPerSecond / looksPerSecond
    if (allowed > 0) socket.resume()
  }, 1000 / looksPerSecond)
  socket.on('error', () => {}).on('close', () => clearInterval(timer))
  socket.write(`GET ${url.pathname} HTTP/1.1\r\nHost: x\r\nUser-Agent: slow ${index}\r\n\r\n`)
}
