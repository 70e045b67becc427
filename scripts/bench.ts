/**
 * `npm run bench [names] [rounds]`: measures the built program and prints a table, as docs/benchmarks.md keeps it. A name
 * stands for all that begin with it: `audio` for `audio-time` and the others. Everything runs on this machine, in temporary
 * folders, and ends by itself.
 */
import { latencyOfHourBench } from './bench/audio/latency-of-hour.ts'
import { loudnessBench } from './bench/audio/loudness.ts'
import { repeatableBench } from './bench/audio/repeatable.ts'
import { seamsBench } from './bench/audio/seams.ts'
import { withStudio } from './bench/audio/studio.ts'
import { timeBench } from './bench/audio/time.ts'
import type { Row, Session } from './bench/bench-station.ts'
import { deliveryBench } from './bench/delivery/delivery.ts'
import { faultsBench } from './bench/faults.ts'
import { feedBench } from './bench/feed/feed.ts'
import { latencyBench } from './bench/latency.ts'
import { leaveOnSignals } from './bench/leaving.ts'
import { retagBench } from './bench/retag.ts'
import { rollUpBench } from './bench/roll-up/roll-up.ts'
import { startBench } from './bench/start.ts'
import { uploadBench } from './bench/upload.ts'

const benches: Readonly<Record<string, (session: Session) => Promise<Row[]>>> = {
  start: startBench,
  upload: uploadBench,
  latency: latencyBench,
  retag: retagBench,
  delivery: deliveryBench,
  feed: feedBench,
  faults: faultsBench,
  'roll-up': rollUpBench,
  'audio-time': timeBench,
  'audio-loudness': loudnessBench,
  'audio-seams': seamsBench,
  'audio-repeatable': repeatableBench,
  'audio-latency': latencyOfHourBench,
}

leaveOnSignals()
const { rounds, names } = parseArguments(process.argv.slice(2))
const rows = await withStudio(async (studio) => {
  const rows: Row[] = []
  for (const name of names) {
    process.stderr.write(`${name} …\n`)
    rows.push(...((await benches[name]?.({ studio, rounds })) ?? []))
  }
  return rows
})
process.stdout.write('\n| what | measured | target |\n|---|---|---|\n')
for (const { what, measured, target } of rows) process.stdout.write(`| ${what} | ${measured} | ${target} |\n`)

function parseArguments(words: readonly string[]): { rounds: number; names: string[] } {
  const wanted = words.filter((word) => !/^\d+$/.test(word))
  const unknown = wanted.find((word) => !namedBy(word).length)
  if (unknown) {
    process.stderr.write(`There is no bench “${unknown}”: ${Object.keys(benches).join(', ')}\n`)
    process.exit(2)
  }
  const rounds = Number(words.find((word) => /^[1-9]\d*$/.test(word)) ?? 3)
  return { rounds, names: wanted.length > 0 ? wanted.flatMap(namedBy) : Object.keys(benches) }
}

function namedBy(word: string): string[] {
  return Object.keys(benches).filter((name) => name === word || name.startsWith(`${word}-`))
}
