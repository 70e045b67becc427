import { readFile, rm } from 'node:fs/promises'
import { eventually, type Program } from '../../../test/journey/program.ts'

/** How long the thread that serves was held at most since the last look, ms. The program was started with `watch-loop`. */
export async function readHeld(program: Program, loopFile: string): Promise<number> {
  await rm(loopFile, { force: true })
  process.kill(program.pid, 'SIGUSR2')
  return eventually(10, async () => Number(await readFile(loopFile, 'utf8')))
}
