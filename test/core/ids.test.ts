import t from 'tap'
import { validate, version } from 'uuid'
import { newId } from '../../src/core/ids.ts'

t.test('ids are UUIDv7, all different, and sort in the order in which they were made', async (t) => {
  const ids = Array.from({ length: 5_000 }, newId)
  t.ok(ids.every((id) => validate(id) && version(id) === 7))
  t.equal(new Set(ids).size, ids.length)
  t.strictSame([...ids].sort(), ids)
})
