import t from 'tap'
import { forget, recall, recallNumber, remember } from '../../../src/site/browser/memory.ts'

t.test('where there is no storage nothing is remembered, and nothing fails', async (t) => {
  remember('speed', '2')
  t.equal(recall('speed'), undefined)
  t.equal(recallNumber('volume', 0, 1), undefined)
  forget('speed')
})
