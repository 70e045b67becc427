/**
 * Runs test files, as many at once as there are processors and at least two, because some only wait, and prints TAP:
 * `node dist/scripts/run-tests.js files`. The `tap` command would do the same, but its loaders look at every module of every
 * process for coverage and mocks, which nobody asks for here, and that takes as long as the tests.
 */
import os from 'node:os'
import t from 'tap'

const limitSeconds = 300
/** Without the first, tap has every process begin with its loader. */
const environment = [`NODE_OPTIONS=${process.env.NODE_OPTIONS ?? ''}`, `TAP_TIMEOUT=${limitSeconds}`]

t.setTimeout(0)
t.jobs = Math.max(2, os.availableParallelism())
for (const file of process.argv.slice(2)) {
  const program = [...environment, process.execPath, '--enable-source-maps', file]
  t.spawn('env', program, { buffered: true, timeout: limitSeconds * 1000 }, file)
}
