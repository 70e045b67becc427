import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

export type TreeUse = Readonly<{
  /** The most that the process and its children held in memory together, MB. Pages that they share count once (proc(5), Pss). */
  peakMb: number
  /** User and system time of the process and the children that it has waited for, seconds. */
  cpuSeconds: number
}>

/** Looking costs the cores that are measured: a look reads a file for each thread. */
const lookEveryMs = 500
/** USER_HZ: proc(5) gives times in these, on every Linux that Node runs on. */
const ticksPerSecond = 100

/** Watches a process and its children (Linux) until it is told to stop, which gives what they used in that time. */
export async function watchTree(pid: number): Promise<{ stop(): Promise<TreeUse> }> {
  const before = await cpuSeconds(pid)
  const ended = new AbortController()
  let peakMb = 0
  const looking = (async () => {
    while (!ended.signal.aborted) {
      peakMb = Math.max(peakMb, await treeMb(pid))
      await sleep(lookEveryMs)
    }
  })()
  return {
    async stop() {
      ended.abort()
      await looking
      return { peakMb, cpuSeconds: (await cpuSeconds(pid)) - before }
    },
  }
}

async function treeMb(pid: number): Promise<number> {
  const members = [String(pid), ...(await childrenOf(pid))]
  const each = await Promise.all(members.map(proportionalMb))
  return each.reduce((sum, mb) => sum + mb, 0)
}

/** Every thread has children of its own in /proc. */
async function childrenOf(pid: number): Promise<string[]> {
  const threads = await readdir(`/proc/${pid}/task`)
  const lists = await Promise.all(threads.map((thread) => read(`/proc/${pid}/task/${thread}/children`)))
  return lists.flatMap((list) => list.split(' ').filter(Boolean))
}

const proportionalMb = async (pid: string) =>
  Number(/^Pss:\s+(\d+)/m.exec(await read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024

/** proc(5), `stat`: utime, stime, cutime and cstime are the 14th to the 17th; the name before them may hold anything. */
async function cpuSeconds(pid: number): Promise<number> {
  const stat = await read(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / ticksPerSecond
}

/** Empty when it has ended. */
const read = (file: string) => readFile(file, 'utf8').catch(() => '')
