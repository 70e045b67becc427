import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What a program may allocate: an honest recording takes a tenth of it. */
const memoryBytes = 512 * 1024 ** 2

/** Both are in util-linux, which nearly every Linux has; elsewhere programs run without them. */
const wrappers = [
  // The kernel ends the program when the thread that started it ends, by SIGKILL or by itself.
  ['setpriv', '--pdeathsig', 'KILL'],
  ['prlimit', `--data=${memoryBytes}`],
]

let usable: Promise<string[]> | undefined

/**
 * The command line for a program that reads a stranger's file: it ends with this process, however that ends, and gets no more
 * memory than such a file may need. The process that is started becomes the program, so its pid is the program's.
 */
export async function confine(program: string): Promise<[command: string, ...options: string[]]> {
  usable ??= findUsable(program)
  const [command = program, ...options] = [...(await usable), program]
  return [command, ...options]
}

async function findUsable(program: string): Promise<string[]> {
  const found = await Promise.all(wrappers.map(async (wrapper) => ((await runs(wrapper, program)) ? wrapper : [])))
  return found.flat()
}

/** BusyBox has a program of the same name that cannot do it. */
async function runs([command = '', ...options]: readonly string[], program: string): Promise<boolean> {
  return await promisify(execFile)(command, [...options, program, '-version']).then(
    () => true,
    () => false,
  )
}

/** Whether a program was ended by its own doing, which is its input's: any other signal was sent by somebody. */
export const isCrash = (signal: NodeJS.Signals | null | undefined): boolean => crashes.has(signal ?? '')

const crashes = new Set(['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV', 'SIGXCPU'])
