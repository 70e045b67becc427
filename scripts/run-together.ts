/**
 * Runs the test files that TEST_FILES lists, one a line, after each other in this process. What they were called with names
 * their folders (`t.testdir()`), so it is a short name of the group: `TEST_FILES=… node dist/scripts/run-together.js shows-1`.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'

for (const file of process.env.TEST_FILES?.split('\n') ?? []) {
  t.comment(file)
  await import(pathToFileURL(path.resolve(file)).href)
}
