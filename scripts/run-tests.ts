/**
 * Runs test files, one process more at once than there are processors, because each waits now and then, and prints TAP:
 * `node dist/scripts/run-tests.js files`. The `tap` command would do the same, but its loaders look at every module of every
 * process for coverage and mocks, which nobody asks for here, and that takes as long as the tests.
 */
import os from 'node:os'
import path from 'node:path'
import t from 'tap'
import { groupFiles } from './group-files.ts'

const folder = 'dist/test'
const limitSeconds = 300
/** Without the first, tap has every process begin with its loader. */
const environment = [`NODE_OPTIONS=${process.env.NODE_OPTIONS ?? ''}`, `TAP_TIMEOUT=${limitSeconds}`]
const node = [process.execPath, '--enable-source-maps']

/** Its name in the report, and what is run. */
function program(files: readonly string[], index: number): { name: string; command: string[] } {
  const paths = files.map((file) => path.join(folder, file))
  const [first = '', ...others] = paths
  if (others.length === 0) return { name: first, command: [...node, first] }
  const name = `${path.dirname(first).split(path.sep)[2]}-${index}`
  return {
    name: paths.join(', '),
    command: [`TEST_FILES=${paths.join('\n')}`, ...node, 'dist/scripts/run-together.js', name],
  }
}

t.setTimeout(0)
t.jobs = os.availableParallelism() + 1
const files = process.argv.slice(2).map((file) => path.relative(folder, file))
for (const { name, command } of groupFiles(files).map(program)) {
  t.spawn('env', [...environment, ...command], { buffered: true, timeout: limitSeconds * 1000 }, name)
}
