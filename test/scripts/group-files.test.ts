import { existsSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { groupFiles, known } from '../../scripts/group-files.ts'

const shows = Array.from({ length: 30 }, (_, index) => `shows/${index}.test.js`)

t.test(
  'files of a room share a process until it would take too long, and the longest processes begin first',
  async (t) => {
    const groups = groupFiles(['site/page.test.js', 'layers.test.js', ...shows, 'audio/produce.test.js'])
    t.same(
      groups.map(({ files }) => files),
      [['audio/produce.test.js'], shows.slice(0, 26), shows.slice(26), ['site/page.test.js'], ['layers.test.js']],
    )
  },
)

t.test('loners have their own; short ones are put to long ones of their room', async (t) => {
  const files = ['shows/a.test.js', 'shows/ask-text-thread.test.js', 'journey/a.test.js', 'journey/told.test.js']
  t.same(
    groupFiles(files).map((group) => group.files),
    [['journey/told.test.js', 'journey/a.test.js'], ['shows/ask-text-thread.test.js'], ['shows/a.test.js']],
  )
})

t.test('what is said of files is said of files that there are', async (t) => {
  t.same(
    known.filter((name) => !existsSync(path.join('dist/test', `${name}.test.js`))),
    [],
  )
})
