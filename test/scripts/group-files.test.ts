import { existsSync } from 'node:fs'
import path from 'node:path'
import t from 'tap'
import { groupFiles, known } from '../../scripts/group-files.ts'

const shows = Array.from({ length: 20 }, (_, index) => `shows/${index}.test.js`)

t.test(
  'files of a room share a process until it would take too long, and the longest processes begin first',
  async (t) => {
    const groups = groupFiles([...shows.slice(0, 5), 'site/page.test.js', ...shows.slice(5), 'audio/produce.test.js'])
    t.same(
      groups.map(({ files }) => files),
      [['audio/produce.test.js'], shows.slice(0, 16), shows.slice(16), ['site/page.test.js']],
    )
  },
)

t.test('loners have their own, and a long file does not end the sharing of short ones', async (t) => {
  const files = [
    'shows/ask-text-thread.test.js',
    'journey/a.test.js',
    'journey/finished-audio.test.js',
    'journey/b.test.js',
  ]
  t.same(
    groupFiles(files).map((group) => group.files),
    [['journey/finished-audio.test.js'], ['journey/a.test.js', 'journey/b.test.js'], ['shows/ask-text-thread.test.js']],
  )
})

t.test('what is said of files is said of files that there are', async (t) => {
  t.same(
    known.filter((name) => !existsSync(path.join('dist/test', `${name}.test.js`))),
    [],
  )
})
