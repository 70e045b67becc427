import t from 'tap'
import { placeWords } from '../../../src/site/browser/pointed.ts'

t.test('a place is told by its time, and by the chapter that it is in', async (t) => {
  const marks = [
    { startSeconds: 5, title: 'Departure' },
    { startSeconds: 60, title: 'Snow' },
  ]
  t.equal(placeWords(83.9, []), '1:23')
  t.equal(placeWords(4, marks), '0:04', 'before the first chapter')
  t.equal(placeWords(5, marks), '0:05 · Departure')
  t.equal(placeWords(3723, marks), '1:02:03 · Snow')
})
