import t from 'tap'
import { isCountedRedirect } from '../../src/analytics/redirect.ts'
import type { Hit } from '../../src/core/events.ts'
import { halfHour, makeHit } from '../fixtures/hits.ts'

/** What was asked when the listener was sent on, and whether it stands for a download. */
const cases: [string, Partial<Hit>, boolean][] = [
  ['all of it', {}, true],
  ['from the beginning on', { range: 'bytes=0-' }, true],
  ['a first piece', { range: 'bytes=0-65535' }, true],
  ['three bytes of the header', { range: 'bytes=0-2' }, true],
  ['a probe', { range: 'bytes=0-1' }, false],
  ['a probe, and nothing behind the comma', { range: 'bytes=0-1,' }, false],
  ['one byte', { range: 'bytes=0-0' }, false],
  ['a piece from within the header', { range: 'bytes=65535-70000' }, true],
  ['a piece behind the header', { range: 'bytes=65536-1000000' }, false],
  ['a minute and the header from the middle', { range: 'bytes=9000000-10025535' }, true],
  ['a byte less', { range: 'bytes=9000000-10025534' }, false],
  ['two pieces that hold a minute together', { range: 'bytes=9000000-9599999,19000000-19599999' }, true],
  ['the last bytes, an old tag perhaps', { range: 'bytes=-128' }, false],
  ['a range that is none, so that all is sent', { range: 'bytes' }, true],
  ['HEAD', { method: 'HEAD' }, false],
  ['no redirect', { status: 200 }, false],
  ['to another address for ever', { status: 301 }, false],
  ['another temporary redirect', { status: 307 }, true],
]

for (const [what, hit, counts] of cases) {
  t.equal(isCountedRedirect(makeHit({ status: 302, bytesSent: 0, ...hit }), halfHour), counts, what)
}

t.test('without a header, the first byte stands for it', async (t) => {
  const asked = (range: string) => makeHit({ status: 302, bytesSent: 0, range })
  t.equal(isCountedRedirect(asked('bytes=0-99'), { ...halfHour, headerBytes: 0 }), true)
  t.equal(isCountedRedirect(asked('bytes=1-99'), { ...halfHour, headerBytes: 0 }), false)
})
