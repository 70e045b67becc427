/**
 * `npm run bench [name]`: measures the built program and prints a table, as docs/benchmarks.md keeps it.
 * Everything runs on this machine, in temporary folders, and ends by itself.
 */
import type { Row } from './bench/bench-station.ts'
import { latencyBench } from './bench/latency.ts'
import { retagBench } from './bench/retag.ts'
import { startBench } from './bench/start.ts'
import { uploadBench } from './bench/upload.ts'

const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: startBench,
  upload: uploadBench,
  latency: latencyBench,
  retag: retagBench,
}

const wanted = process.argv.slice(2)
const unknown = wanted.find((name) => !(name in benches))
if (unknown) {
  process.stderr.write(`There is no bench “${unknown}”: ${Object.keys(benches).join(', ')}\n`)
  process.exit(2)
}
const rows: Row[] = []
for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) rows.push(...((await benches[name]?.()) ?? []))
process.stdout.write('\n| what | measured | target |\n|---|---|---|\n')
for (const { what, measured, target } of rows) process.stdout.write(`| ${what} | ${measured} | ${target} |\n`)
