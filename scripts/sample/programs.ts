import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

/**
 * Runs a program to its end and gives back what it said on standard error. Rejects when it is missing or fails. It ends with
 * this process.
 */
export async function run(program: 'ffmpeg' | 'espeak-ng', parameters: readonly string[]): Promise<string> {
  const child = spawn(program, parameters, { stdio: ['ignore', 'ignore', 'pipe'] })
  const end = () => child.kill('SIGKILL')
  process.prependOnceListener('exit', end)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', () => reject(new Error(`${program} does not start: install it and put it on the PATH`)))
    child.once('close', resolve)
  })
  const [said, code] = await Promise.all([text(child.stderr), ended]).finally(() => process.off('exit', end))
  if (code !== 0) throw new Error(`${program} failed (${code}):\n${said.slice(-2000)}`)
  return said
}
