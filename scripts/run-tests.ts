/**
 * Runs test files, one process more at once than there are processors, because each waits now and then, the longest first, and prints
 * TAP: `node dist/scripts/run-tests.js files`. The `tap` command would do the same, but its loaders look at every module of every
 * process for coverage and mocks, which nobody asks for here, and that takes as long as the tests.
 */
import os from 'node:os'
import path from 'node:path'
import t from 'tap'
import { groupFiles } from './group-files.ts'

const folder = 'dist/test'
/** A slow and busy machine takes its time; what hangs is told so in the end. */
const secondsForFile = 900
const node = [process.execPath, '--enable-source-maps']

type Program = Readonly<{ name: string; command: string[] }>

/** A file by itself, or several in one process; under the names of all of them in the report. */
function programFor(files: readonly string[], index: number): Program {
  const paths = files.map((file) => path.join(folder, file))
  const [first = '', ...others] = paths
  if (others.length === 0) return { name: first, command: [...node, first] }
  const group = `${files[0]?.split('/')[0]}-${index}`
  return {
    name: paths.join(', '),
    command: [`TEST_FILES=${paths.join('\n')}`, ...node, 'dist/scripts/run-together.js', group],
  }
}

t.setTimeout(0)
t.jobs = os.availableParallelism() + 1
const groups = groupFiles(process.argv.slice(2).map((file) => path.relative(folder, file)))
for (const [index, { files }] of groups.entries()) {
  const { name, command } = programFor(files, index)
  // Without the first, tap has every process begin with its loader.
  const environment = [`NODE_OPTIONS=${process.env.NODE_OPTIONS ?? ''}`, `TAP_TIMEOUT=${secondsForFile}`]
  t.spawn('env', [...environment, ...command], { buffered: true, timeout: secondsForFile * 1000 }, name)
}
