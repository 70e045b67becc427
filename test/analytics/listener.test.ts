import t from 'tap'
import { listenerOf, previousListenerOf } from '../../src/analytics/listener.ts'
import { makeHit } from '../fixtures/hits.ts'

t.test('a listener is an address and an app', async (t) => {
  t.equal(listenerOf(makeHit()), listenerOf(makeHit({ referrer: 'https://example.com/', episodeId: 'other' })))
  t.not(listenerOf(makeHit()), listenerOf(makeHit({ listenerKey: 'other' })))
  t.not(listenerOf(makeHit()), listenerOf(makeHit({ userAgent: 'Castro 2020.14/1287' })))
  t.equal(listenerOf(makeHit({ userAgent: undefined })), listenerOf(makeHit({ userAgent: '' })))
})

t.test('who it was before is known while the hit carries the key of before', async (t) => {
  t.equal(previousListenerOf(makeHit({ listenerKey: 'new', previousKey: 'key' })), listenerOf(makeHit()))
  t.equal(previousListenerOf(makeHit()), undefined)
})
