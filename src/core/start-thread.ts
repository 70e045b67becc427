import { Worker, type WorkerOptions } from 'node:worker_threads'
import { builtFolder } from './paths.ts'

type Options = Readonly<{ workerData?: unknown; heapMegabytes?: number }>

/**
 * Starts a thread of its own for work that would hold this one; `program` is its file below src/, without the ending. It needs
 * nothing of what this process was started with. Whoever asks it listens for its errors while waiting; one that nobody waits for
 * any more may still run out of memory while it is ended, and does not end this process.
 */
export function startThread(program: string, { workerData, heapMegabytes }: Options = {}): Worker {
  const options: WorkerOptions = { workerData, execArgv: [] }
  if (heapMegabytes) options.resourceLimits = { maxOldGenerationSizeMb: heapMegabytes }
  return new Worker(`${builtFolder(program)}.js`, options).on('error', () => {})
}
