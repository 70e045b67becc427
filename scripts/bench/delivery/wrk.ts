import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

export type Load = Readonly<{ requestsPerSecond: number; bytesPerSecond: number }>

type Options = Readonly<{
  connections: number
  seconds: number
  script?: string
  headers?: Readonly<Record<string, string>>
}>

/** Loads an address with wrk, in one thread. Throws when an answer was no success. */
export async function load(url: string, { connections, seconds, script, headers = {} }: Options): Promise<Load> {
  const scripted = script ? ['-s', script] : []
  const told = Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`])
  const options = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', ...scripted, ...told]
  const { stdout: said } = await promisify(execFile)('wrk', [...options, url])
  if (/Non-2xx|Socket errors: connect [1-9]/.test(said)) throw new Error(`wrk was not served:\n${said}`)
  return {
    requestsPerSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]),
    bytesPerSecond: bytesOf(/Transfer\/sec:\s+([\d.]+)(\wB|B)/.exec(said)),
  }
}

function bytesOf(match: RegExpExecArray | null): number {
  const units: Readonly<Record<string, number>> = { B: 1, KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }
  return Number(match?.[1]) * (units[match?.[2] ?? ''] ?? Number.NaN)
}

/** A wrk script that asks for ranges of that many bytes anywhere in the file. */
export async function randomRanges(folder: string, fileBytes: number, rangeBytes: number): Promise<string> {
  const script = path.join(folder, 'ranges.lua')
  await writeFile(
    script,
    `request = function()
  local start = math.random(0, ${fileBytes - rangeBytes})
  return wrk.format("GET", nil, { Range = "bytes=" .. start .. "-" .. (start + ${rangeBytes - 1}) })
end
`,
  )
  return script
}
