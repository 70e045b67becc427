import { readFile, rm } from 'node:fs/promises'
import { eventually, type Program } from '../../../test/journey/program.ts'
import type { Held } from './watch-loop.ts'

/** How long the thread that serves was held at most since the last look. The program was started with `watch-loop`. */
export async function readHeld(program: Program, loopFile: string): Promise<Held> {
  await rm(loopFile, { force: true })
  process.kill(program.pid, 'SIGUSR2')
  return eventually(10, async () => JSON.parse(await readFile(loopFile, 'utf8')))
}

/** In words, for a table. */
export const heldInWords = ({ heldMs, byItselfMs }: Held): string =>
  `${byItselfMs.toFixed(1)} ms by its own work (${heldMs.toFixed(1)} with the time in which it waited for a core)`
