import t from 'tap'
import { placeToResume } from '../../../src/site/browser/place.ts'

t.test('a listener resumes, but not at the very beginning or end', async (t) => {
  t.equal(placeToResume(undefined, 60), undefined)
  t.equal(placeToResume(0.5, 60), undefined)
  t.equal(placeToResume(1, 60), 1)
  t.equal(placeToResume(58, 60), 58)
  t.equal(placeToResume(59, 60), undefined)
  t.equal(placeToResume(90, 60), undefined, 'the recording was replaced by a shorter one')
})
