import t from 'tap'
import { feedKey, showIdOf, showKey } from '../../src/shows/change-keys.ts'

t.test('a key tells which show it is about, and other keys tell of none', async (t) => {
  t.equal(showIdOf(showKey('a')), 'a')
  t.equal(showIdOf(feedKey('a:b')), 'a:b')
  t.not(showKey('a'), feedKey('a'))
  for (const key of ['', 'a', 'show:', 'user:a', 'slideshow:a']) t.equal(showIdOf(key), undefined, key)
})
