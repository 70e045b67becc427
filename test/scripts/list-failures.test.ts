import t from 'tap'
import { listFailures } from '../../scripts/list-failures.ts'

const run = `TAP version 14
# Subtest: dist/test/one.test.js
    # Subtest: it adds
        ok 1 - should be equal
        not ok 2 - should be equal
          ---
          diff: |
            -3
            +4
          ...
        1..2
    not ok 1 - it adds # time=3ms
    1..1
not ok 1 - dist/test/one.test.js # time=30ms
  ---
  timeout: 30000
  ...
ok 2 - dist/test/two.test.js # time=30ms
  ---
  note: not ok 7
  ...
1..2
`

t.test('what failed is shown with why, then the test and the file', async (t) => {
  t.same(listFailures(run), [
    '        not ok 2 - should be equal\n          ---\n          diff: |\n            -3\n            +4\n          ...',
    '    not ok 1 - it adds # time=3ms',
    'not ok 1 - dist/test/one.test.js # time=30ms\n  ---\n  timeout: 30000\n  ...',
  ])
})

t.test('a run in which nothing failed has nothing to show', async (t) => {
  t.same(listFailures('TAP version 14\nok 1 - a\nok 2 - not ok 3\n1..2\n'), [])
})
