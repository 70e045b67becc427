import path from 'node:path'
import { type Program, startProgram } from '../../test/journey/program.ts'
import type { Studio } from './audio/studio.ts'
import { endingWith, withFolder } from './leaving.ts'

/** A line of the table in docs/benchmarks.md. */
export type Row = Readonly<{ what: string; measured: string; target: string }>

/** What the benches of one run share. */
export type Session = Readonly<{
  studio: Studio
  /** How often what is compared is measured in turns. */
  rounds: number
}>

export type Bench = Readonly<{
  folder: string
  /** Ends with the bench what is given to it. */
  keeper: Parameters<typeof startProgram>[0]
  start(environment?: Record<string, string>): Promise<Program>
}>

/** Runs the work with a temporary folder whose `home` every started program shares; ends and deletes everything. */
export const withBench = <T>(work: (bench: Bench) => Promise<T>): Promise<T> =>
  withFolder('longwave-bench-', async (folder) => {
    const ends: (() => unknown)[] = []
    const keeper = { teardown: (end: () => unknown) => void ends.push(end) } as Bench['keeper']
    const start = (environment: Record<string, string> = {}) =>
      startProgram(keeper, { LONGWAVE_HOME: path.join(folder, 'home'), ...environment })
    try {
      return await endingWith(
        () => ends.forEach((end) => void end()),
        () => work({ folder, keeper, start }),
      )
    } finally {
      for (const end of ends) await end()
    }
  })

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The value below which that share (0 to 1) of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
