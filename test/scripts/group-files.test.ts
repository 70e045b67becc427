import t from 'tap'
import { groupFiles } from '../../scripts/group-files.ts'

t.test('files of a short room share a process, eight at most; those of others and loners have their own', async (t) => {
  const shows = Array.from({ length: 10 }, (_, index) => `shows/${index}.test.js`)
  const others = [
    'journey/first-start.test.js',
    'journey/upload.test.js',
    'shows/ask-text-thread.test.js',
    'layers.test.js',
  ]
  t.same(groupFiles([...others, ...shows.slice(0, 5), 'site/page.test.js', ...shows.slice(5)]), [
    ...others.map((file) => [file]),
    shows.slice(0, 8),
    ['site/page.test.js'],
    shows.slice(8),
  ])
})
