import t from 'tap'
import { validate, version } from 'uuid'
import { hitIdOf, newId } from '../../src/core/ids.ts'

t.test('ids are UUIDv7, all different, and sort in the order in which they were made', async (t) => {
  const ids = Array.from({ length: 5_000 }, newId)
  t.ok(ids.every((id) => validate(id) && version(id) === 7))
  t.equal(new Set(ids).size, ids.length)
  t.strictSame([...ids].sort(), ids)
})

t.test('the id of a hit is always the same for the same request, and another for another', async (t) => {
  const id = hitIdOf('5f2b1c0a9d8e7f60112233445566778a')
  t.equal(id, hitIdOf('5f2b1c0a9d8e7f60112233445566778a'))
  t.not(id, hitIdOf('5f2b1c0a9d8e7f60112233445566778b'))
  t.ok(validate(id) && version(id) === 5)
  t.ok(validate(hitIdOf('')) && validate(hitIdOf('ü “any text”')))
})
